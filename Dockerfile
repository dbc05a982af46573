# syntax=docker/dockerfile:1
# One image for web, worker, beat and the one-shot set-up; which one it is, is the command.
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /srv/marketplace
COPY requirements/bootstrap.txt requirements/base.txt requirements/
RUN python -m venv .venv \
    && .venv/bin/pip install --require-hashes --only-binary :all: -r requirements/bootstrap.txt \
    && .venv/bin/uv pip sync --no-cache --python .venv/bin/python --require-hashes requirements/base.txt
COPY . .
# Static files and message catalogues are the same everywhere, so they are made here; the values only let settings load.
RUN .venv/bin/python bin/compile_catalogues.py \
    && DATABASE_URL=postgresql:///none REDIS_URL=redis://none SECRET_KEY=build STATIC_ROOT=/srv/marketplace/staticfiles \
       .venv/bin/python manage.py collectstatic --no-input --verbosity 0

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /srv/marketplace --shell /usr/sbin/nologin marketplace \
    && install -d -o marketplace -g marketplace -m 0750 /var/lib/marketplace /var/lib/marketplace/recordings
WORKDIR /srv/marketplace
COPY --from=build /srv/marketplace /srv/marketplace
ENV PATH=/srv/marketplace/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    VAR_DIR=/var/lib/marketplace \
    STATIC_ROOT=/srv/marketplace/staticfiles \
    WEB_BIND=0.0.0.0:8000
USER marketplace
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "--config", "deploy/gunicorn.py", "marketplace.wsgi:application"]
