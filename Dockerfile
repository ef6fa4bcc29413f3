# The program alone, as a static binary: `docker build --tag casebook .`, then
# docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/site" casebook check
FROM rust:1.95-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /source
COPY . .
RUN cargo build --release --locked && mv target/release/casebook /

# The release takes the program from its archive instead: --build-context build=FOLDER.
FROM scratch
COPY --from=build /casebook /usr/bin/casebook
WORKDIR /site
USER 1000:1000
ENTRYPOINT ["/usr/bin/casebook"]
