# Serves the page and Telegram from a small image, without root and with nothing to write to but /data, /key and /tmp.
# Build: docker build -t vejviser . How to run it: README.md, and docs/operating.md for several of them.
# The same system and Python as below, and what strips libraries of the names that only a debugger reads.
FROM python:3.13 AS build
WORKDIR /src
RUN python -m venv /venv
COPY requirements.lock .
# What only the tests need is in the lock as well; as constraints its pins apply to what is installed and no more.
RUN /venv/bin/pip install --no-cache-dir --constraint requirements.lock setuptools
COPY pyproject.toml README.md LICENSE ./
COPY knowledge knowledge
COPY handlers handlers
COPY bot bot
# Babel brings all the world's languages along, 34 MB of them; these two are spoken here.
RUN /venv/bin/pip install --no-cache-dir --constraint requirements.lock --no-build-isolation . \
    && /venv/bin/pip uninstall --yes setuptools pip \
    && find /venv/lib -path '*/babel/locale-data/*.dat' \
        ! -name 'root.dat' ! -name 'da*.dat' ! -name 'en*.dat' -delete \
    && find /venv/lib -name '*.so' -exec strip --strip-unneeded {} + \
    && find /venv/lib -path '*/site-packages/*/tests' -prune -exec rm -rf {} +

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Vejviser" \
      org.opencontainers.image.description="Answers questions about what Danish municipalities do for the social economy" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MPL-2.0" \
      org.opencontainers.image.base.name="docker.io/library/python:3.13-slim"
# The number is named below as well, for Kubernetes must see that it is not root's.
RUN rm -rf /usr/local/lib/python3.*/site-packages/pip* /usr/local/lib/python3.*/ensurepip /usr/local/bin/pip* \
    && useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin vejviser \
    && install --directory --owner vejviser --group vejviser --mode 0700 /data /key
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 XDG_CACHE_HOME=/tmp CREDENTIALS_DIRECTORY=/run/secrets \
    VEJVISER_DATABASE=/data/vejviser.db VEJVISER_KEY_FILE=/key/data.key VEJVISER_WEB=0.0.0.0:8080
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
