package io.tributary.host.artifacts;

import io.tributary.model.Bytes;
import io.tributary.model.PluginVersion;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The signed form of a manifest. There is one form for each manifest, byte by byte; another that
/// would be read as the same is refused.
final class ManifestJson {

    private static final int FORMAT = 1;
    private static final JsonMapper JSON = new JsonMapper();

    private ManifestJson() {}

    static Bytes write(PluginManifest manifest) {
        ObjectNode node = JSON.createObjectNode();
        node.put("format", FORMAT);
        node.put("id", manifest.plugin().id());
        node.put("version", manifest.plugin().version());
        node.putObject("spi")
                .put("from", manifest.spi().from().toString())
                .put("below", manifest.spi().below().toString());
        node.put("sha256", manifest.sha256());
        list(node, "channels", manifest.channels());
        list(node, "entitlements", manifest.entitlements());
        list(node, "identities", manifest.identities());
        list(node, "secrets", manifest.secrets());
        return Bytes.wrap(JSON.writeValueAsBytes(node));
    }

    static PluginManifest read(Bytes signed) throws Rejected {
        try {
            JsonNode node = JSON.readTree(signed.toArray());
            var manifest =
                    new PluginManifest(
                            new PluginVersion(text(node, "id"), text(node, "version")),
                            new SpiRange(
                                    SpiVersion.parse(text(node.path("spi"), "from")),
                                    SpiVersion.parse(text(node.path("spi"), "below"))),
                            text(node, "sha256"),
                            texts(node, "channels"),
                            texts(node, "entitlements"),
                            texts(node, "identities"),
                            texts(node, "secrets"));
            if (!write(manifest).equals(signed)) {
                throw unknown();
            }
            return manifest;
        } catch (JacksonException | IllegalArgumentException wrong) {
            throw unknown();
        }
    }

    private static void list(ObjectNode node, String key, List<String> values) {
        values.forEach(node.putArray(key)::add);
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asString("");
    }

    private static List<String> texts(JsonNode node, String key) {
        List<String> texts = new ArrayList<>();
        node.path(key).forEach(each -> texts.add(each.asString("")));
        return texts;
    }

    private static Rejected unknown() {
        return new Rejected(
                "its signed manifest is not in the form that this host knows; sign it again with"
                        + " `tributary plugin sign` of this host");
    }
}
