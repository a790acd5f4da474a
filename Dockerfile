# docker build -t llm-gateway .
# docker run -p 8930:8930 -v ./config.toml:/etc/llm-gateway/config.toml llm-gateway

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn -q -B -ntp -T2 -Dquick -pl gateway-cli -am package

FROM eclipse-temurin:25-jre
RUN useradd --system llm-gateway && install -d -o llm-gateway -g llm-gateway -m 700 /var/lib/llm-gateway
# Here records wait while the database is away.
ENV XDG_STATE_HOME=/var/lib
VOLUME /var/lib/llm-gateway
COPY --from=build /src/gateway-cli/target/quick/dist/lib /opt/llm-gateway/lib
COPY docker/config.toml /etc/llm-gateway/config.toml
USER llm-gateway
EXPOSE 8930
ENTRYPOINT ["java", "-cp", "/opt/llm-gateway/lib/*", "dev.llmgateway.cli.Main"]
CMD ["--config", "/etc/llm-gateway/config.toml"]
