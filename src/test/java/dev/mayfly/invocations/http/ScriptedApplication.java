package dev.mayfly.invocations.http;

import dev.mayfly.sandbox.Engine;
import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.sandbox.ModuleBinary;
import dev.mayfly.wasm.Module;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The application with scripted functions in place of deployed ones. */
@TestConfiguration(proxyBeanMethods = false)
public class ScriptedApplication {

    @Bean
    @Primary
    ScriptedFunctions scriptedFunctions() {
        return new ScriptedFunctions();
    }

    @Bean
    @Primary
    Engine scriptedEngine() {
        return new Engine() {
            @Override
            public String name() {
                return "scripted";
            }

            @Override
            public ExecutableModule compile(Module module, ModuleBinary binary, InstanceLimits limits) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {}
        };
    }
}
