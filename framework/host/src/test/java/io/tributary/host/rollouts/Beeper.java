package io.tributary.host.rollouts;

import io.tributary.host.plugins.PluginJar;
import java.nio.file.Path;

/// Versions of a plugin whose provider posts `id from text` as plain text, each with its own
/// peculiarity.
final class Beeper {

    /// Does nothing peculiar.
    static final String PLAIN = "";

    /// Takes some time, as the version before does.
    static final String LEISURELY = "Thread.sleep(1);";

    /// Fails at one event in ten, but for the first ones: not in a rehearsal.
    static final String CLUMSY =
            "int n = count.incrementAndGet();"
                    + " if (n > 30 && n % 10 == 0) throw new IllegalStateException(\"clumsy\");"
                    + LEISURELY;

    /// Takes its time.
    static final String SLOW = "Thread.sleep(25);";

    /// Does not understand what the versions before kept.
    static final String FORGETFUL =
            "if (!arrival.event().kind().equals(\"beep-2\"))"
                    + " throw new IllegalArgumentException(\"what is this?\");";

    private Beeper() {}

    static Path jar(Path folder, String version, String translating) {
        return jar(folder, version, translating, "");
    }

    /// @param opening what it does when an account is opened
    static Path jar(Path folder, String version, String translating, String opening) {
        return jar(folder, "beeper", version, translating, opening);
    }

    /// The same as another plugin and channel.
    static Path jar(Path folder, String id, String version, String translating, String opening) {
        return PluginJar.of(id, version)
                .channel("beeper", id, "", opening + " return new beeper.TheAccount();")
                .source("beeper.TheAccount", account(translating))
                .write(folder, id + "-" + version + ".jar");
    }

    private static String account(String translating) {
        return """
        package beeper;
        import io.tributary.model.*;
        import io.tributary.spi.*;
        import java.util.*;
        import java.util.concurrent.atomic.AtomicInteger;
        public final class TheAccount implements Account, ReceivesWebhooks {
            private final AtomicInteger count = new AtomicInteger();
            @Override public Capabilities capabilities(Conversation conversation) {
                return Capabilities.NONE;
            }
            @Override public WebhookVerdict verify(WebhookRequest request) {
                String[] words = request.body().utf8().split(" ", 3);
                return WebhookVerdict.accepted(Delivery.of(
                        RawEvent.of("beep", request.body(), Dedupe.key(words[0]))));
            }
            @Override public List<Inbound> translate(Arrival arrival) throws Exception {
                %s
                String[] words = arrival.event().body().utf8().split(" ", 3);
                return List.of(Inbound.of("100", Party.of(words[1]), new Content.Text(words[2], List.of())));
            }
        }
        """
                .formatted(translating);
    }
}
