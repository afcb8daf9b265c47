package io.tributary.host.configuration;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What the keys of `cluster` say together; that each is right by itself was checked before.
final class ClusterRules {

    private static final int LARGEST_PORT = 65_535;
    private static final Duration LONGEST_NOTICE = Duration.ofSeconds(20);
    private static final String LOOPBACK = "127.0.0.1";

    private final Document document;
    private final JsonNode cluster;
    private final List<Mistake> mistakes = new ArrayList<>();

    private ClusterRules(Document document) {
        this.document = document;
        this.cluster = document.root().path("cluster");
    }

    static List<Mistake> mistakes(Document document) {
        var rules = new ClusterRules(document);
        if (!rules.cluster.isEmpty()) {
            rules.name();
            rules.address();
            rules.others();
            rules.keys();
            rules.notice();
        }
        return rules.mistakes;
    }

    private void name() {
        if (!cluster.has("name")) {
            wrong("name", "is missing: without it the member joins nobody");
        }
    }

    private void address() {
        InetAddress address = literal(cluster.path("bind").asString(LOOPBACK));
        if (address == null) {
            wrong("bind", "must be an address in numbers, such as 10.0.0.5");
        } else if (address.isAnyLocalAddress()) {
            // which of them the others are told is left to chance
            wrong(
                    "bind",
                    "stands for all addresses of this machine, public ones among them: name the one"
                            + " that the other members reach, whether or not cluster.force-public is"
                            + " set");
        } else if (address.isLoopbackAddress()) {
            remote().ifPresent(other ->
                    wrong(
                            "bind",
                            "is %s, which members elsewhere do not reach, and %s is elsewhere: name this machine's own private address"
                                    .formatted(address.getHostAddress(), other)));
        } else if (!PrivateAddresses.contains(address)
                && !cluster.path("force-public").asBoolean(false)) {
            wrong(
                    "bind",
                    "is a public address, and the grid has neither TLS nor passwords: bind to a"
                            + " private one (or set cluster.force-public if something else keeps"
                            + " strangers out)");
        }
    }

    /// A member that is not on this machine, as far as it can be told without asking anybody.
    private Optional<String> remote() {
        String service = cluster.path("kubernetes-dns").asString("");
        if (!service.isEmpty()) {
            return Optional.of(service);
        }
        for (JsonNode each : cluster.path("members")) {
            String text = each.asString();
            String host = text.substring(0, text.lastIndexOf(':')).replaceAll("[\\[\\]]", "");
            InetAddress address = literal(host);
            if (address == null
                    ? !host.equalsIgnoreCase("localhost")
                    : !address.isLoopbackAddress()) {
                return Optional.of(text);
            }
        }
        return Optional.empty();
    }

    private void others() {
        boolean listed = !cluster.path("members").isEmpty();
        boolean named = cluster.has("kubernetes-dns");
        if (listed && named) {
            wrong("kubernetes-dns", "and cluster.members: only one can say where the members are");
        } else if (!listed && !named) {
            wrong("members", "or cluster.kubernetes-dns must say where the members are");
        }
        int at = 0;
        for (JsonNode each : cluster.path("members")) {
            String text = each.asString();
            int port = Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
            if (port < 1 || port > LARGEST_PORT) {
                wrong("members/" + at, "names a port that there is not");
            }
            at++;
        }
    }

    private void keys() {
        if (cluster.path("keys").isEmpty()) {
            wrong(
                    "keys",
                    "needs one key at least, the same on all members; `openssl rand -base64 32`"
                            + " makes one");
        }
    }

    /// A member has ended within half a minute of being told to, whatever it has to leave.
    private void notice() {
        if (Measures.duration(cluster.path("notice").asString("0s")).compareTo(LONGEST_NOTICE)
                > 0) {
            wrong(
                    "notice",
                    "is longer than 20s: a member is to have ended within 30 s, and needs the rest for"
                            + " what is under way");
        }
    }

    private static @Nullable InetAddress literal(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private void wrong(String key, String text) {
        String pointer = "/cluster/" + key;
        mistakes.add(new Mistake(document.at(pointer), Document.dotted(pointer), text));
    }
}
