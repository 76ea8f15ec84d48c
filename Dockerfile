# Serves the page and Telegram from a small image without root. Build: docker build -t vejviser .
# Run: docker run --publish 127.0.0.1:8080:8080 --env VEJVISER_TELEGRAM_TOKEN \
#   --volume vejviser-data:/data --volume vejviser-key:/key vejviser
FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /venv
COPY requirements.lock .
# What only the tests need is in the lock as well; as constraints its pins apply to what is installed and no more.
RUN /venv/bin/pip install --no-cache-dir --constraint requirements.lock setuptools
COPY pyproject.toml README.md LICENSE ./
COPY knowledge knowledge
COPY handlers handlers
COPY bot bot
RUN /venv/bin/pip install --no-cache-dir --constraint requirements.lock --no-build-isolation . \
    && /venv/bin/pip uninstall --yes setuptools

FROM python:3.13-slim
RUN useradd --system --no-create-home --shell /usr/sbin/nologin vejviser \
    && install --directory --owner vejviser --mode 0700 /data /key
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 VEJVISER_DATABASE=/data/vejviser.db VEJVISER_KEY_FILE=/key/data.key \
    VEJVISER_WEB=0.0.0.0:8080
USER vejviser
# A broken knowledge base never becomes an image.
RUN ["vejviser", "check"]
VOLUME ["/data", "/key"]
EXPOSE 8080
ENTRYPOINT ["vejviser"]
CMD ["run"]
