FROM python:3.11-slim-bookworm AS packages

COPY requirements/run.txt /requirements.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check \
        --require-hashes -r /requirements.txt


FROM python:3.11-slim-bookworm

# WeasyPrint's two libraries; the rest of it is in the Python packages.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home app \
    # A new named volume takes its owner from this folder.
    && install -d -o app -g app /data/media

COPY --from=packages /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DEBUG=False \
    MEDIA_ROOT=/data/media

WORKDIR /app
COPY . .
# The settings want a key and a host; these last for this one command.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    ALLOWED_HOSTS=localhost python manage.py collectstatic --noinput --verbosity 0

USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=40s --retries=3 \
    CMD ["python", "-m", "cse_tracker.core.probe"]
# Worker files in memory, so that a slow disk cannot stop the heartbeat.
CMD ["gunicorn", "cse_tracker.wsgi", "--bind", "0.0.0.0:8000", \
    "--worker-class", "gthread", "--workers", "2", "--threads", "4", \
    "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-"]
