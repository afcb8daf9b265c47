package io.tributary.host.configuration;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What the keys of `cluster` say together; that each is right by itself was checked before.
final class ClusterRules {

    private static final int LARGEST_PORT = 65_535;

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
            rules.size();
            rules.keys();
        }
        return rules.mistakes;
    }

    private void name() {
        if (!cluster.has("name")) {
            wrong("name", "is missing: without it the member joins nobody");
        }
    }

    private void address() {
        if (!cluster.has("bind")) {
            return;
        }
        InetAddress address = literal(cluster.path("bind").asString());
        if (address == null) {
            wrong("bind", "must be an address in numbers, such as 10.0.0.5");
        } else if (!PrivateAddresses.contains(address)
                && !cluster.path("force-public").asBoolean(false)) {
            wrong(
                    "bind",
                    (address.isAnyLocalAddress()
                                    ? "stands for all addresses of this machine, public ones among them"
                                    : "is a public address")
                            + ", and the grid has neither TLS nor passwords: bind to a private one"
                            + " (or set cluster.force-public if something else keeps strangers out)");
        }
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

    private void size() {
        if (cluster.has("kubernetes-dns") && !cluster.has("size")) {
            wrong("size", "is missing: cluster.kubernetes-dns does not tell how many are planned");
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
