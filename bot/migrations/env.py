"""Alembic runs this to take the steps in versions/, within the transaction that bot/store_database.py has begun."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
