package io.tributary.host.configuration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The trust list as it was written; its keys are documented in `docs/configuration.md`.
///
/// @param revokedKeys ids
/// @param revokedArtifacts SHA-256 in hexadecimal digits
public record TrustFile(List<Key> keys, List<String> revokedKeys, List<String> revokedArtifacts) {

    /// One key whose owner may sign.
    ///
    /// @param text the public key, not looked at yet
    /// @param plugins ids, or beginnings of ids with a `*` behind
    /// @param place where the key's text stands
    public record Key(String text, String owner, List<String> plugins, Place place) {}

    /// Reads the file.
    ///
    /// @throws Misconfigured with every mistake at once
    public static TrustFile read(Path file) throws Misconfigured {
        Document document = Document.read(file);
        List<Mistake> mistakes = Checker.TRUST.mistakes(document);
        if (!mistakes.isEmpty()) {
            throw new Misconfigured(mistakes);
        }
        List<Key> keys = new ArrayList<>();
        for (JsonNode each : document.root().path("keys")) {
            keys.add(
                    new Key(
                            each.path("key").asString(),
                            each.path("owner").asString(""),
                            texts(each.path("plugins")),
                            document.at("/keys/" + keys.size() + "/key")));
        }
        return new TrustFile(
                List.copyOf(keys),
                texts(document.root().path("revoked-keys")),
                texts(document.root().path("revoked-artifacts")));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asString()));
        return List.copyOf(texts);
    }
}
