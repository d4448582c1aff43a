"""Proofs that need the real things: PostgreSQL, Redis, gunicorn, a Celery worker and beat."""
