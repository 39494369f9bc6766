# What it copies is listed in infra/registry/image-tag.ts, which makes the image's tag of it, and of this file.
# A name without a digest moves when AWS patches the base. To pin it, or to take patches: docs/deploy.md, "Update".
ARG BASE=public.ecr.aws/lambda/nodejs:24

# The bundle is the same for every platform, so it is made on the builder's own.
FROM --platform=$BUILDPLATFORM ${BASE} AS bundle
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY scripts/bundle.mjs scripts/
COPY handler handler
RUN node scripts/bundle.mjs

FROM ${BASE}
# Lambda runs it as a user of its own, who must be able to read it.
COPY --from=bundle --chmod=0444 /build/dist/index.js ${LAMBDA_TASK_ROOT}/
# Each function overrides this with its own entry point.
CMD ["index.persist"]
