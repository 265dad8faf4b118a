# What it depends on at run time comes from the lock file, hash by hash.
FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements.lock .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY content content
COPY migrations migrations
RUN /venv/bin/pip install --no-cache-dir --no-deps .

FROM python:3.12-slim
# Everything the bot writes goes to /data; the rest of the file system may be read-only.
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    DATA_DIR=/data METRICS_LISTEN=0.0.0.0:9090
RUN useradd --uid 10001 --no-create-home dailygrad && install -d -o dailygrad /data
COPY --from=build /venv /venv
USER dailygrad
VOLUME /data
HEALTHCHECK --start-period=15s --interval=30s --timeout=5s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:9090/readyz', timeout=4)"]
ENTRYPOINT ["dailygrad"]
CMD ["run"]
