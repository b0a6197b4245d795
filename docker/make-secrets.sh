#!/bin/sh
# Makes what docker-compose.yml needs and does not bring: an API key in docker/secrets/api-key; in .env its hash, the
# cluster's secret, and passwords for the database and Grafana. Keeps what is there already.
set -eu
umask 077
cd "$(dirname "$0")/.."

# The value of a variable in .env, or a new one.
kept() {
  value=$(sed -n "s/^$1=//p" .env 2>/dev/null || true)
  printf '%s' "${value:-$(openssl rand -hex 24)}"
}

mkdir -p docker/secrets
if [ ! -s docker/secrets/api-key ]; then
  printf '%s' "mayfly_$(openssl rand -hex 32)" > docker/secrets/api-key
  chmod 644 docker/secrets/api-key # Prometheus reads it as another user; the directory keeps everyone else out
fi

cat > .env.new <<END
MAYFLY_API_KEY_HASH=sha256:$(sha256sum docker/secrets/api-key | cut -d' ' -f1)
MAYFLY_CLUSTER_SECRET=$(kept MAYFLY_CLUSTER_SECRET)
MAYFLY_DATABASE_PASSWORD=$(kept MAYFLY_DATABASE_PASSWORD)
MAYFLY_GRAFANA_PASSWORD=$(kept MAYFLY_GRAFANA_PASSWORD)
END
mv .env.new .env
echo "The API key is in docker/secrets/api-key, Grafana's password (of admin) in .env."
