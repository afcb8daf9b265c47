package io.tributary.host.accounts;

import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.configuration.Nearest;
import io.tributary.host.secrets.ReferenceRules;
import io.tributary.host.secrets.SecretsUnusable;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Checks how an account should be: the channel is there, the settings fit its schema, every secret
/// can be read, and the channel itself has no objection. All mistakes are told at once; the channel
/// is asked last, since it may rely on the schema.
final class Preparation {

    private final Surroundings surroundings;

    Preparation(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /// Checks an account as the API has it.
    ///
    /// @param kept the secrets that are set now and that the draft may leave out
    Prepared prepare(AccountId id, AccountDraft draft, Kept kept)
            throws Prepared.Wrong, InterruptedException {
        return prepare(id, draft, kept, surroundings.references());
    }

    /// Checks an account of the configuration file.
    Prepared prepare(DeclaredAccount declared) throws Prepared.Wrong, InterruptedException {
        return prepare(declared.id(), declared.draft(), Kept.NONE, ReferenceRules.ANYTHING);
    }

    private Prepared prepare(AccountId id, AccountDraft draft, Kept kept, ReferenceRules rules)
            throws Prepared.Wrong, InterruptedException {
        var served = served(draft.channel());
        var schema = schema(served);
        var config = config(draft);
        var problems = new ArrayList<SettingsProblem>();
        var given = given(draft, config, schema, problems);
        var stored = new LinkedHashMap<String, StoredSecret>();
        var values = new LinkedHashMap<String, String>();
        var whole = config.deepCopy();
        var means = new StoredSecret.Means(surroundings.keys(), surroundings.environment(), rules);
        var moved = kept.movedTo(config, schema);
        kept.secrets()
                .forEach((path, secret) -> {
                    if (!schema.secrets().contains(path) || given.containsKey(path)) {
                        return;
                    }
                    if (moved.isEmpty()) {
                        stored.put(path, secret);
                    } else {
                        problems.add(
                                new SettingsProblem(
                                        SettingsProblem.secret(path),
                                        "must be given again, since "
                                                + String.join(" and ", moved)
                                                + " changed: a secret never follows to another address by"
                                                + " itself"));
                        SchemaPaths.put(whole, path, "");
                    }
                });
        given.forEach((path, secret) -> store(id, path, secret, stored));
        stored.forEach((path, secret) -> {
            try {
                var value = secret.open(id, path, means);
                values.put(path, value);
                if (!SchemaPaths.put(whole, path, value)) {
                    problems.add(
                            new SettingsProblem(
                                    SettingsProblem.secret(path), "has no place in the settings"));
                }
            } catch (SecretsUnusable unusable) {
                problems.add(new SettingsProblem(SettingsProblem.secret(path), text(unusable)));
                SchemaPaths.put(whole, path, "");
            }
        });
        problems.addAll(withoutUnreadable(schema.problems(whole), problems));
        refuse(problems);
        var prepared = new Prepared(id, served, config, stored, values);
        refuse(objections(prepared));
        return prepared;
    }

    private Channels.Served served(ChannelId channel) throws Prepared.Wrong {
        var served = surroundings.channels().find(channel);
        if (served.isPresent()) {
            return served.get();
        }
        var known =
                surroundings.channels().all().stream()
                        .map(each -> each.descriptor().id().value())
                        .toList();
        var meant =
                Nearest.to(channel.value(), known)
                        .map(name -> "; did you mean '" + name + "'?")
                        .orElse(
                                known.isEmpty()
                                        ? "; no plugin is loaded"
                                        : "; loaded are: " + String.join(", ", known));
        throw wrong("/channel", "no plugin brings the channel '" + channel + "'" + meant);
    }

    private static SettingsSchema schema(Channels.Served served) throws Prepared.Wrong {
        try {
            return SettingsSchema.of(served.descriptor().settings());
        } catch (IllegalArgumentException broken) {
            throw wrong("/channel", "the channel is broken: " + text(broken));
        }
    }

    private static ObjectNode config(AccountDraft draft) throws Prepared.Wrong {
        try {
            return SettingsJson.object(draft.config().text(), "config");
        } catch (IllegalArgumentException broken) {
            throw wrong("/config", text(broken));
        }
    }

    /// What was given as secret, and what stood in the settings although it is one.
    private static Map<String, GivenSecret> given(
            AccountDraft draft,
            ObjectNode config,
            SettingsSchema schema,
            List<SettingsProblem> problems) {
        var given = new LinkedHashMap<String, GivenSecret>();
        schema.secrets()
                .takeOut(
                        config,
                        (path, node) -> {
                            var secret = inSettings(node);
                            if (secret == null) {
                                problems.add(
                                        new SettingsProblem(
                                                SettingsProblem.setting(path),
                                                "must be a text, or {\"file\": …} or {\"env\":"
                                                        + " …}"));
                            } else {
                                given.put(path, secret);
                            }
                        });
        draft.secrets()
                .forEach((path, secret) -> {
                    if (schema.secrets().contains(path)) {
                        given.put(path, secret);
                    } else {
                        problems.add(
                                new SettingsProblem(
                                        SettingsProblem.secret(path),
                                        "is no secret of this channel"
                                                + meant(path, schema.secrets().names())));
                    }
                });
        return given;
    }

    private static @Nullable GivenSecret inSettings(JsonNode node) {
        if (node.isString()) {
            return new GivenSecret.Value(node.stringValue());
        }
        if (node.size() == 1 && node.path("file").isString()) {
            return inFile(node.path("file").stringValue());
        }
        if (node.size() == 1 && node.path("env").isString()) {
            return GivenSecret.environment(node.path("env").stringValue());
        }
        return null;
    }

    private static @Nullable GivenSecret inFile(String path) {
        try {
            return GivenSecret.file(Path.of(path));
        } catch (InvalidPathException noPath) {
            return null;
        }
    }

    private void store(
            AccountId id, String path, GivenSecret secret, Map<String, StoredSecret> stored) {
        switch (secret) {
            case GivenSecret.Value(var text) ->
                    stored.put(path, StoredSecret.seal(id, path, text, surroundings.keys()));
            case GivenSecret.At(var reference) -> stored.put(path, new StoredSecret.At(reference));
            case GivenSecret.Removed _ -> stored.remove(path);
        }
    }

    /// What the channel itself has against the settings.
    private List<SettingsProblem> objections(Prepared prepared) throws InterruptedException {
        var lease = new Lease(prepared.id());
        var served = prepared.served();
        try (var _ = surroundings.redactor().hold(prepared.values().values())) {
            var settings = prepared.settings(lease);
            var found =
                    served.calls()
                            .ask(
                                    Calls.Kind.CHECK,
                                    prepared.id(),
                                    () -> List.copyOf(served.channel().check(settings)));
            return found.stream()
                    .map(problem ->
                            new SettingsProblem(
                                    prepared.values().containsKey(problem.key())
                                            ? SettingsProblem.secret(problem.key())
                                            : SettingsProblem.setting(problem.key()),
                                    surroundings.redactor().redact(problem.text())))
                    .toList();
        } catch (PluginFailure failure) {
            return List.of(
                    new SettingsProblem(
                            "/config", "the channel could not check it: " + told(failure)));
        } finally {
            lease.end();
        }
    }

    /// A secret that cannot be read is one problem; that it then does not fit is none.
    private static List<SettingsProblem> withoutUnreadable(
            List<SettingsProblem> found, List<SettingsProblem> told) {
        var pointers = told.stream().map(SettingsProblem::pointer).toList();
        return found.stream().filter(problem -> !pointers.contains(problem.pointer())).toList();
    }

    /// What an operator is told about a call that failed.
    static String told(PluginFailure failure) {
        var message = failure.getMessage() == null ? "" : failure.getMessage();
        return switch (failure.why()) {
            case THROWN, TROUBLE, MALFORMED, NOT_STORED ->
                    message.isEmpty() ? failure.type() : message;
            case DEADLINE, STUCK, CLOSED -> message;
        };
    }

    private static String meant(String path, List<String> known) {
        return Nearest.to(path, known)
                .map(name -> "; did you mean '" + name + "'?")
                .orElse(
                        known.isEmpty()
                                ? "; it has none"
                                : "; those are: " + String.join(", ", known));
    }

    private static void refuse(List<SettingsProblem> problems) throws Prepared.Wrong {
        if (!problems.isEmpty()) {
            throw new Prepared.Wrong(problems);
        }
    }

    private static Prepared.Wrong wrong(String pointer, String text) {
        return new Prepared.Wrong(List.of(new SettingsProblem(pointer, text)));
    }

    private static String text(Exception failure) {
        return failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
    }
}
