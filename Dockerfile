# Builds Mayfly from source and makes an image of it. Both base images need a JDK or JRE 25 with the same virtual
# machine, because the start-up cache made below belongs to one build of it.
ARG BUILD_IMAGE=eclipse-temurin:25-jdk
ARG RUNTIME_IMAGE=eclipse-temurin:25-jre

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY src src
RUN ./mvnw --batch-mode --no-transfer-progress -DskipTests -Dspotless.check.skip=true package \
    && java -Djarmode=tools -jar target/mayfly.jar extract --layers --destination extracted

FROM ${RUNTIME_IMAGE}
RUN mkdir -p /app /data && chown 10001:10001 /app /data
USER 10001:10001
WORKDIR /app

# From what changes least to what changes with every build.
COPY --from=build --chown=10001:10001 /build/extracted/dependencies/ ./
COPY --from=build --chown=10001:10001 /build/extracted/spring-boot-loader/ ./
COPY --from=build --chown=10001:10001 /build/extracted/snapshot-dependencies/ ./
COPY --from=build --chown=10001:10001 /build/extracted/application/ ./

# A run up to the point where requests would be served records what start-up loads and links.
RUN java --enable-native-access=ALL-UNNAMED -XX:AOTCacheOutput=mayfly.aot -Dspring.context.exit=onRefresh -jar mayfly.jar \
      --server.address=127.0.0.1 --mayfly.data-dir=/tmp/training \
    && rm -rf /tmp/*

# Listening for other machines needs an API key: mayfly.access.keys, here as MAYFLY_ACCESS_KEYS_0_NAME and _HASH. Half of the
# memory is left for what lives outside the Java heap: compiled modules and the memory of instances. JAVA_TOOL_OPTIONS adds
# options to these, JDK_JAVA_OPTIONS replaces them.
ENV SERVER_ADDRESS=0.0.0.0 \
    MAYFLY_DATA_DIR=/data \
    JDK_JAVA_OPTIONS=-XX:MaxRAMPercentage=50
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
    CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8080/actuator/health/readiness"]

ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "-XX:AOTCache=mayfly.aot", "-jar", "mayfly.jar"]
