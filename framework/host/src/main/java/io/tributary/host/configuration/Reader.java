package io.tributary.host.configuration;

import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Turns a checked document into values; what is left out gets the schema's default.
final class Reader {

    private final Document document;
    private final Path folder;
    private final List<Configuration.Setting> settings = new ArrayList<>();

    /// @param folder what relative paths of the trust list and of secrets are relative to
    Reader(Document document, Path folder) {
        this.document = document;
        this.folder = folder;
    }

    Configuration configuration() {
        var http =
                new Configuration.Http(
                        text("http.host"),
                        number("http.port"),
                        optionalNumber("http.pages-port"),
                        optionalNumber("http.admin-port"),
                        uri("http.public-url"),
                        uri("http.pages-url"),
                        new LinkedHashSet<>(texts("http.cors-origins")),
                        texts("http.trusted-proxies"),
                        Measures.size(text("http.body-limit")),
                        flag("http.open-metrics"));
        var log =
                new Configuration.Log(
                        database(),
                        optionalDuration("log.retention"),
                        duration("log.dedupe-retention"),
                        text("log.format").equals("json")
                                ? Configuration.Format.JSON
                                : Configuration.Format.TEXT,
                        text("log.level"));
        return new Configuration(
                http,
                Path.of(text("data")),
                plugins(),
                log,
                new Configuration.Media(
                        Measures.size(text("media.upload-limit")),
                        Measures.size(text("media.fetch-limit")),
                        duration("media.link-lifetime"),
                        s3()),
                devices(),
                new Configuration.Customers(phoneRegions()),
                new Configuration.Egress(texts("egress.allow")),
                new Configuration.Secrets(
                        optionalPath("secrets.folder"), optional("secrets.environment")),
                new Configuration.Outbound(
                        duration("outbound.unknown-after"),
                        duration("outbound.time-to-live"),
                        texts("outbound.at-least-once").stream()
                                .map(AccountId::new)
                                .collect(Collectors.toUnmodifiableSet()),
                        duration("outbound.link-lifetime"),
                        texts("outbound.window-notices").stream().map(Measures::duration).toList(),
                        quotas()),
                new Configuration.Stream(number("stream.window"), duration("stream.heartbeat")),
                new Configuration.Traces(duration("traces.keep"), number("traces.most")),
                cluster(),
                sites(),
                accounts(),
                List.copyOf(settings));
    }

    private Configuration.@Nullable Database database() {
        String url = optional("log.database.url");
        if (url == null) {
            return null;
        }
        JsonNode password = document.root().at("/log/database/password");
        return new Configuration.Database(
                url, text("log.database.user"), password.isMissingNode() ? null : secret(password));
    }

    private Configuration.@Nullable S3 s3() {
        String endpoint = optional("media.s3.endpoint");
        if (endpoint == null) {
            return null;
        }
        return new Configuration.S3(
                URI.create(endpoint),
                text("media.s3.region"),
                text("media.s3.bucket"),
                text("media.s3.addressing").equals("host"),
                text("media.s3.prefix"),
                secret(document.root().at("/media/s3/access-key")),
                secret(document.root().at("/media/s3/secret-key")));
    }

    private Configuration.Plugins plugins() {
        String plugins = optional("plugins.folder");
        return new Configuration.Plugins(
                plugins == null ? null : Path.of(plugins),
                optionalPath("plugins.trust"),
                flag("plugins.allow-unsigned"),
                duration("plugins.watch"),
                texts("plugins.canaries").stream().map(AccountId::of).toList());
    }

    private Configuration.Devices devices() {
        return new Configuration.Devices(
                number("devices.sockets"),
                number("devices.sockets-per-address"),
                Measures.size(text("devices.frame-limit")),
                number("devices.frames-per-second"),
                number("devices.burst"),
                duration("devices.ping"),
                Measures.size(text("devices.unsent-limit")),
                duration("devices.write-timeout"));
    }

    private Configuration.@Nullable Cluster cluster() {
        String name = optional("cluster.name");
        if (name == null) {
            return null;
        }
        String member = optional("cluster.member");
        List<String> members = texts("cluster.members");
        flag("cluster.force-public");
        return new Configuration.Cluster(
                name,
                member == null ? MachineName.here() : member,
                InetAddress.ofLiteral(text("cluster.bind")),
                number("cluster.port"),
                flag("cluster.auto-increment"),
                members,
                optional("cluster.kubernetes-dns"),
                keys(),
                number("cluster.size"),
                duration("cluster.notice"));
    }

    /// Only how many there are is shown.
    private List<Configuration.SecretSource> keys() {
        List<Configuration.SecretSource> keys = new ArrayList<>();
        document.root().at("/cluster/keys").forEach(each -> keys.add(secret(each)));
        note("cluster.keys", keys.size() + " of them", "/cluster/keys");
        return keys;
    }

    /// Each is `account=sends/time`, as the schema has it.
    private Map<AccountId, Configuration.Quota> quotas() {
        Map<AccountId, Configuration.Quota> quotas = new LinkedHashMap<>();
        for (String quota : texts("outbound.quotas")) {
            int equals = quota.indexOf('=');
            int slash = quota.indexOf('/');
            quotas.put(
                    AccountId.of(quota.substring(0, equals)),
                    new Configuration.Quota(
                            Integer.parseInt(quota.substring(equals + 1, slash)),
                            Measures.duration(quota.substring(slash + 1))));
        }
        return quotas;
    }

    /// Each is `account=COUNTRY`, as the schema has it.
    private Map<AccountId, String> phoneRegions() {
        Map<AccountId, String> regions = new LinkedHashMap<>();
        for (String region : texts("customers.phone-regions")) {
            int equals = region.indexOf('=');
            regions.put(AccountId.of(region.substring(0, equals)), region.substring(equals + 1));
        }
        return regions;
    }

    private Map<String, Path> sites() {
        Map<String, Path> sites = new LinkedHashMap<>();
        document.root()
                .path("sites")
                .forEachEntry((path, value) -> {
                    sites.put(path, Path.of(value.asString()));
                    note("sites." + path, value.asString(), "/sites/" + path);
                });
        return sites;
    }

    private Map<AccountId, Configuration.Account> accounts() {
        Map<AccountId, Configuration.Account> accounts = new LinkedHashMap<>();
        document.root()
                .path("accounts")
                .forEachEntry((id, node) -> {
                    accounts.put(new AccountId(id), account("/accounts/" + id, node));
                    note("accounts." + id, node.path("channel").asString(), "/accounts/" + id);
                });
        return accounts;
    }

    private Configuration.Account account(String pointer, JsonNode node) {
        Map<String, Configuration.SecretSource> secrets = new LinkedHashMap<>();
        node.path("secrets").forEachEntry((name, value) -> secrets.put(name, secret(value)));
        return new Configuration.Account(
                new ChannelId(node.path("channel").asString()),
                node.has("config") ? node.path("config").toString() : "{}",
                secrets,
                document.at(pointer),
                document.below(pointer));
    }

    private Configuration.SecretSource secret(JsonNode value) {
        if (value.has("file")) {
            return new Configuration.SecretSource.FromFile(
                    folder.resolve(value.path("file").asString()));
        }
        if (value.has("env")) {
            return new Configuration.SecretSource.FromEnvironment(value.path("env").asString());
        }
        return new Configuration.SecretSource.Plain(value.asString());
    }

    private @Nullable JsonNode value(String key) {
        String pointer = "/" + key.replace('.', '/');
        JsonNode said = document.root().at(pointer);
        if (!said.isMissingNode() && !said.isNull()) {
            note(key, said.isString() ? said.asString() : said.toString(), pointer);
            return said;
        }
        JsonNode rule = Checker.TRIBUTARY.schema();
        for (String each : key.split("\\.", -1)) {
            rule = rule.path("properties").path(each);
        }
        JsonNode standard = rule.path("default");
        if (standard.isMissingNode()) {
            return null;
        }
        settings.add(
                new Configuration.Setting(
                        key,
                        standard.isString() ? standard.asString() : standard.toString(),
                        null));
        return standard;
    }

    private void note(String key, String value, String pointer) {
        settings.add(new Configuration.Setting(key, value, document.at(pointer)));
    }

    private JsonNode need(String key) {
        JsonNode value = value(key);
        if (value == null) {
            throw new IllegalStateException("the schema has no default for " + key);
        }
        return value;
    }

    private String text(String key) {
        return need(key).asString();
    }

    private @Nullable String optional(String key) {
        JsonNode value = value(key);
        return value == null ? null : value.asString();
    }

    private @Nullable Path optionalPath(String key) {
        String text = optional(key);
        return text == null ? null : folder.resolve(text);
    }

    private int number(String key) {
        return need(key).asInt();
    }

    private @Nullable Integer optionalNumber(String key) {
        JsonNode value = value(key);
        return value == null ? null : (Integer) value.asInt();
    }

    private boolean flag(String key) {
        return need(key).asBoolean();
    }

    private Duration duration(String key) {
        return Measures.duration(text(key));
    }

    private @Nullable Duration optionalDuration(String key) {
        String text = optional(key);
        return text == null ? null : Measures.duration(text);
    }

    private @Nullable URI uri(String key) {
        String text = optional(key);
        return text == null
                ? null
                : URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    private List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        need(key).forEach(each -> texts.add(each.asString()));
        return texts;
    }
}
