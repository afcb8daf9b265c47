package io.tributary.host.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.plugins.PluginJar;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("a jar that asks for entitlements")
final class EntitlementsTest {

    private static final String HOLDER =
            "package plain.pager; abstract class Able implements"
                    + " io.tributary.spi.HoldsConnections, io.tributary.spi.ReceivesWebhooks {}";

    @TempDir Path folder = Path.of("");

    private final Verification verification = new Verification(Trust.NONE.unsigned(true));

    @Test
    @DisplayName("is taken with those that there are, and says them")
    void known() throws Exception {
        var jar = verified(pager().manifest("Tributary-Entitlements", "http, connections"));

        assertThat(jar.manifest().entitlements()).containsExactly("connections", "http");
        assertThat(jar.entitlements().allow(Entitlement.HTTP)).isTrue();
        assertThat(jar.entitlements().allow(Entitlement.SOCKETS)).isFalse();
    }

    @Test
    @DisplayName("is refused with one that this host does not know")
    void unknown() {
        assertThatThrownBy(() -> verified(pager().manifest("Tributary-Entitlements", "htpp")))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("htpp")
                .hasMessageContaining("there are http, connections, devices, pages, sockets");
    }

    @Test
    @DisplayName("is refused without one that its abilities need, and inspected so")
    void lacking() throws Exception {
        var file = pager().source("plain.pager.Able", HOLDER).write(folder, "pager.jar");

        assertThatThrownBy(() -> verification.check(JarFiles.read(file), "pager.jar"))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("it implements HoldsConnections")
                .hasMessageContaining("add connections to Tributary-Entitlements");
        assertThat(Inspection.of(JarFiles.read(file), verification.trust()).reasons())
                .singleElement()
                .asString()
                .contains("it implements HoldsConnections");
    }

    @Test
    @DisplayName("vouches for identities of its channels and of the types that it names")
    void identities() throws Exception {
        var jar =
                verified(
                        pager().manifest("Tributary-Channels", "pager")
                                .manifest("Tributary-Identities", "phone"));

        assertThat(jar.entitlements().identities()).containsExactlyInAnyOrder("pager", "phone");
    }

    private static PluginJar pager() {
        return PluginJar.plain("pager", "1.4.0");
    }

    private VerifiedJar verified(PluginJar jar) throws Exception {
        return verification.check(JarFiles.read(jar.write(folder, "pager.jar")), "pager.jar");
    }
}
