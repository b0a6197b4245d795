#!/bin/sh
# Makes what docker-compose.yml needs and does not bring: an API key in docker/secrets/api-key, its hash and a database
# password in .env. Keeps what is there already.
set -eu
umask 077
cd "$(dirname "$0")/.."

mkdir -p docker/secrets
if [ ! -s docker/secrets/api-key ]; then
  printf '%s' "mayfly_$(openssl rand -hex 32)" > docker/secrets/api-key
  chmod 644 docker/secrets/api-key # Prometheus reads it as another user; the directory keeps everyone else out
fi

password=$(sed -n 's/^MAYFLY_DATABASE_PASSWORD=//p' .env 2>/dev/null || true)
cat > .env <<END
MAYFLY_API_KEY_HASH=sha256:$(sha256sum docker/secrets/api-key | cut -d' ' -f1)
MAYFLY_DATABASE_PASSWORD=${password:-$(openssl rand -hex 24)}
END
echo "The API key is in docker/secrets/api-key."
