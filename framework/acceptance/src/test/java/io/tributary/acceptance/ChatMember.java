package io.tributary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A member to which an operator has added the web chat while it ran: signed with a key of their
/// own, and with an account for one site.
final class ChatMember implements AutoCloseable {

    static final String IDENTITY_KEY = "a-key-of-the-site-that-is-long-enough";

    private static final String SIGN =
            """
            set -eu
            tributary plugin keygen shop --owner 'A shop' --plugins webchat | sed -n '/^keys:/,$p' > trust.yaml
            tributary plugin sign webchat.jar --key shop.key
            tributary plugin inspect webchat.jar --trust trust.yaml
            """;

    private final Path folder;
    private final Map<String, String> environment;
    private Member member;
    private final URI pages;

    private ChatMember(Path folder, Map<String, String> environment, Member member, URI pages) {
        this.folder = folder;
        this.environment = environment;
        this.member = member;
        this.pages = pages;
    }

    static ChatMember start(Path folder) throws Exception {
        var here = Files.createDirectory(folder.resolve("operator"));
        Files.copy(jar(), here.resolve("webchat.jar"));
        var inspected = shell(here, Map.of(), SIGN);
        assertThat(inspected).as("what the jar says of itself").contains("gold by its builder");
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var environment =
                Map.of(
                        "TRIBUTARY_PLUGINS_TRUST", here.resolve("trust.yaml").toString(),
                        "TRIBUTARY_HTTP_PAGES_PORT", Integer.toString(port));
        var data = Files.createDirectory(folder.resolve("member"));
        var member = Member.start(Distribution.BUILT, data, environment);
        var added = new HashMap<String, String>();
        added.put("TRIBUTARY_URL", member.url().toString());
        added.put("TRIBUTARY_TOKEN", Member.TOKEN);
        shell(here, added, "tributary plugin add webchat.jar");
        return new ChatMember(data, environment, member, URI.create("http://127.0.0.1:" + port));
    }

    private static Path jar() throws IOException {
        try (var built =
                Files.newDirectoryStream(
                        Path.of("../../plugins/webchat/target"), "webchat-*.jar")) {
            for (var each : built) {
                return each;
            }
        }
        throw new IOException("plugins/webchat is not built");
    }

    private static String shell(Path folder, Map<String, String> environment, String script)
            throws Exception {
        var said = new Shell(folder, environment).run("bash", "-c", script);
        assertThat(said.exit()).as("%s\n%s", script, said.text()).isZero();
        return said.text();
    }

    /// Puts the account.
    void open(String origin) throws Exception {
        member.connect(
                "web",
                """
                {"channel": "webchat",
                 "config": {"origins": ["%s"], "preChat": "optional", "interests": ["Bikes", "Repairs"],
                   "privacyUrl": "https://shop.example/privacy", "rates": {"messages": 10000, "messagesOfNetwork": 100000, "files": 1000, "filesOfNetwork": 10000},
                   "invitations": [{"name": "prices", "text": "May we help you choose?", "page": "/prices/*"}]},
                 "secrets": {"identityKey": "%s"}}\
                """
                        .formatted(origin, IDENTITY_KEY));
    }

    URI apis() throws IOException {
        return member.url();
    }

    URI pages() {
        return pages;
    }

    /// The agents' desk, signed in.
    String desk() throws IOException {
        return apis() + "/desk/#token=" + Member.TOKEN + "&agent=a-7&name=Maria";
    }

    AgentApp agent() throws Exception {
        return AgentApp.of(member);
    }

    /// Ends, and comes back at the same place.
    void restart() throws Exception {
        int port = member.url().getPort();
        member.stop();
        member = Member.start(Distribution.BUILT, folder, port, environment);
    }

    @Override
    public void close() throws InterruptedException {
        member.close();
    }
}
