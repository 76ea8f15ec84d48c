# Serves the page and Telegram from a small image: no root, no shell, nothing to install with, and nothing to write to
# but /data, /key and /tmp.
# Build: docker build -t vejviser . How to run it: README.md, and docs/operating.md for several of them.
FROM python:3.13 AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# Bytecode is made once, below.
ENV PYTHONDONTWRITEBYTECODE=1
WORKDIR /src
RUN python -m venv /venv
COPY requirements.lock .
# What only the tests need is in the lock as well; as constraints its pins apply to what is installed and no more.
RUN /venv/bin/pip install --no-cache-dir --constraint requirements.lock setuptools
COPY pyproject.toml README.md LICENSE ./
COPY knowledge knowledge
COPY handlers handlers
COPY bot bot
RUN /venv/bin/pip install --no-cache-dir --no-compile --constraint requirements.lock --no-build-isolation . \
    && /venv/bin/pip uninstall --yes setuptools pip

# Babel brings all the world's languages along, 34 MB of them; these two are spoken here. No code is shown in colours,
# nothing is tested, built or installed, and no window is drawn. Only debuggers read the names in libraries.
RUN find /venv/lib -path '*/babel/locale-data/*.dat' ! -name 'root.dat' ! -name 'da*.dat' ! -name 'en*.dat' -delete \
    && find /venv/lib -path '*/pygments/lexers/*.py' ! -name '__init__.py' ! -name '_mapping.py' -delete \
    && find /venv/lib -path '*/site-packages/*/test*' \( -name tests -o -name testing \) -prune -exec rm -rf {} + \
    && find /usr/local/lib/python3.?? -regextype egrep \
        -regex '.*/python[.0-9]*/(config-.*|ensurepip|idlelib|pydoc_data|site-packages|tkinter|turtle.*)' \
        -prune -exec rm -rf {} + \
    && find /usr/local/lib/python3.??/lib-dynload -regextype egrep \
        -regex '.*/(_curses|_dbm|_gdbm|_tkinter|readline|_test|_ctypes_test|_xxtest)[^/]*' -delete \
    && find /venv/lib /usr/local/lib -type f -name '*.so*' -exec strip --strip-unneeded {} +

# What is not compiled here would be at every start, for then nothing can be written. Of what is not ours only the
# bytecode stays, half of it all; errors name its files and lines as before. Ours stays as written: Alembic reads it.
RUN ours='.*/site-packages/(bot|handlers|knowledge)/.*' \
    && python -m compileall -q -b -x "$ours" /usr/local/lib/python3.?? /venv/lib \
    && find /usr/local/lib/python3.?? /venv/lib -regextype egrep -name '*.py' ! -regex "$ours" -delete \
    && python -m compileall -q --invalidation-mode unchecked-hash /venv/lib

# Of the system: the libraries that all this is linked to, with their licences, and in dpkg's list, where scanners look
# for known holes; whose certificates are trusted, UTF-8, how names are found, what time it is where, and two users.
WORKDIR /image
RUN mkdir --parents etc tmp usr/share var/lib/dpkg \
    && cp --archive --parents /venv /usr/local/bin/python /usr/local/bin/python3 /usr/local/bin/python3.?? \
        /usr/local/lib/python3.?? /usr/lib/ssl/openssl.cnf /usr/lib/ssl/cert.pem /etc/ssl/openssl.cnf \
        /etc/ssl/certs/ca-certificates.crt /usr/lib/locale/C.utf8 /etc/nsswitch.conf /etc/ld.so.conf \
        /etc/ld.so.conf.d . \
    && find venv usr/local -type f \( -name '*.so*' -o -name 'python3.??' \) -exec ldd {} + \
        | awk '$2 == "=>" { print $3 } /^\t\// { print $1 }' | sort --unique > /libraries \
    && xargs cp --dereference --parents --target-directory=. < /libraries \
    && ldconfig -r . \
    && grep --invert-match ^/usr/local/ /libraries | xargs realpath | xargs dpkg-query --search \
        | cut --delimiter=: --fields=1 | sort --unique > /packages \
    && xargs dpkg-query --status < /packages > var/lib/dpkg/status \
    && sed 's#.*#/usr/share/doc/&/copyright#' /packages | xargs cp --dereference --parents --target-directory=. \
    && cp --dereference /etc/os-release etc \
    && ln --symbolic /venv/lib/python3.??/site-packages/tzdata/zoneinfo usr/share \
    && printf '%s\n' root:x:0:0::/: vejviser:x:10001:10001::/nonexistent: > etc/passwd \
    && printf '%s\n' root:x:0: vejviser:x:10001: > etc/group

FROM scratch
LABEL org.opencontainers.image.title="Vejviser" \
      org.opencontainers.image.description="Answers questions about what Danish municipalities do for the social economy" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MPL-2.0"
COPY --from=build /image /
ENV PATH=/venv/bin LANG=C.UTF-8 PYTHONUNBUFFERED=1 XDG_CACHE_HOME=/tmp CREDENTIALS_DIRECTORY=/run/secrets \
    VEJVISER_DATABASE=/data/vejviser.db VEJVISER_KEY_FILE=/key/data.key VEJVISER_WEB=0.0.0.0:8080
# Here, for not all that build images keep owners when they copy.
RUN ["python", "-c", "\
import os; \
os.chmod('/tmp', 0o1777); \
[(os.mkdir(one, 0o700), os.chown(one, 10001, 10001)) for one in ('/data', '/key')]"]
# A number, for Kubernetes must see that it is not root's.
USER 10001:10001
# A broken knowledge base never becomes an image.
RUN ["vejviser", "check"]
VOLUME ["/data", "/key"]
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", "\
from http.client import HTTPConnection as To; \
ask = To('127.0.0.1', 8080, timeout=4); ask.request('GET', '/healthz'); \
raise SystemExit(ask.getresponse().status != 200)"]
ENTRYPOINT ["vejviser"]
CMD ["run"]
