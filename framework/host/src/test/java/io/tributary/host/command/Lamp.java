package io.tributary.host.command;

import io.tributary.host.plugins.PluginJar;
import java.nio.file.Path;

/// A plugin with one channel whose accounts can be opened and do nothing.
final class Lamp {

    private Lamp() {}

    static Path jar(Path folder, String id, String version) {
        return jar(folder, id, version, id + "-" + version + ".jar");
    }

    static Path jar(Path folder, String id, String version, String name) {
        return jar(id, version).write(folder, name);
    }

    static PluginJar jar(String id, String version) {
        return PluginJar.of(id, version)
                .manifest("Tributary-Channels", id)
                .channel("lamp", id, "", "return new lamp.TheAccount();")
                .source(
                        "lamp.TheAccount",
                        """
                        package lamp;
                        import io.tributary.spi.*;
                        public final class TheAccount implements Account {
                            @Override public Capabilities capabilities(Conversation conversation) {
                                return Capabilities.NONE;
                            }
                        }
                        """);
    }
}
