package io.tributary.host.configuration;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What the keys of `media.s3` say together; that each is right by itself was checked before.
final class BucketRules {

    private static final int LARGEST_PORT = 65_535;

    private final Document document;
    private final JsonNode s3;
    private final List<Mistake> mistakes = new ArrayList<>();

    private BucketRules(Document document) {
        this.document = document;
        this.s3 = document.root().at("/media/s3");
    }

    static List<Mistake> mistakes(Document document) {
        var rules = new BucketRules(document);
        if (!rules.s3.isMissingNode()) {
            rules.endpoint();
            rules.addressing();
        }
        return rules.mistakes;
    }

    private void endpoint() {
        if (!canBe(s3.path("endpoint").asString())) {
            wrong("endpoint", "names a host or a port that there cannot be");
        }
    }

    private static boolean canBe(String endpoint) {
        try {
            URI address = new URI(endpoint);
            int port = address.getPort();
            return address.getHost() != null && port != 0 && port <= LARGEST_PORT;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private void addressing() {
        String endpoint = s3.path("endpoint").asString();
        if (!s3.path("addressing").asString("path").equals("host")) {
            return;
        }
        if (s3.path("bucket").asString().contains(".") && endpoint.startsWith("https:")) {
            wrong(
                    "addressing",
                    "is host, and the bucket's name has dots: the store's certificate does not hold"
                            + " for such a host. Use path");
        }
        if (endpoint.matches("https?://(\\[.*|[0-9.:]+)")) {
            wrong(
                    "addressing",
                    "is host, and the endpoint is an address in numbers, before which no name can"
                            + " stand. Use path");
        }
    }

    private void wrong(String key, String text) {
        String pointer = "/media/s3/" + key;
        mistakes.add(new Mistake(document.at(pointer), Document.dotted(pointer), text));
    }
}
