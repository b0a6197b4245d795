package dev.mayfly;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The one process: control plane, gateway and worker. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class MayflyApplication {

    public static void main(String[] args) {
        SpringApplication.run(MayflyApplication.class, args);
    }
}
