# The gateway with its broker, for a PostgreSQL and a guacd that run elsewhere (compose.yaml). The paths in RUN steps
# are relative to WORKDIR, so that test/integration/container can replay this file without a container engine.

FROM node:24.21.0-trixie-slim AS base
WORKDIR /srv/sekisho

# What the server needs at run time: no tools, no packaged Node.js (the image brings its own), no embedded PostgreSQL.
# No package runs a script of its own while it is installed, here or in the next stage.
FROM base AS dependencies
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM base AS web-client
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY broker/codes.ts broker/
COPY gateway/http/schemas gateway/http/schemas
COPY web-client web-client
RUN npm run build && mkdir empty

FROM base AS gateway
ENV NODE_ENV=production \
    SEKISHO_HOST=0.0.0.0 \
    SEKISHO_PORT=8443 \
    SEKISHO_DATA_DIR=/var/lib/sekisho
COPY package.json LICENSE NOTICE ./
COPY --from=dependencies /srv/sekisho/node_modules node_modules
COPY policies policies
COPY certs certs
COPY bin bin
COPY broker broker
COPY gateway gateway
COPY --from=web-client /srv/sekisho/web-client/dist web-client/dist
# The one directory the gateway writes to; everything else may be mounted read-only.
COPY --from=web-client --chown=1000:1000 /srv/sekisho/empty /var/lib/sekisho
# `node` in the base image, by number so that an orchestrator can see that it is not root.
USER 1000:1000
EXPOSE 8443
# /healthz over TLS on the container's own loopback: which certificate it shows is not what is asked here.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "require('node:https').get({ host: '127.0.0.1', port: process.env.SEKISHO_PORT, path: '/healthz', rejectUnauthorized: false, timeout: 4000 }, (answer) => process.exit(answer.statusCode === 200 ? 0 : 1)).on('timeout', () => process.exit(1)).on('error', () => process.exit(1))"]
CMD ["node", "gateway/main.ts"]
