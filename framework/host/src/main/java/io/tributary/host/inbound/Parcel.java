package io.tributary.host.inbound;

import io.tributary.host.journal.Change;
import io.tributary.json.InteractionJson;
import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.Interaction;
import io.tributary.model.MediaId;
import io.tributary.model.Target;
import io.tributary.spi.RawEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is parked: an interaction without a place, since what it is about is not known yet, and all
/// that is to be stored with it.
///
/// @param waiting its target is external; it has no conversation and no customer, and no address
///   where it names no party
/// @param aliases other addresses of the party that it names
/// @param names providers' ids of it
/// @param fetches media of it that are to be fetched
/// @param events that it was made of
record Parcel(
        Interaction waiting,
        Set<String> aliases,
        Change.Weight weight,
        List<Name> names,
        List<Fetch> fetches,
        List<RawEvent> events) {

    /// Whether it is an echo that waits for a send of ours to be answered: then its place is known,
    /// and what it waits for is the id that it bears itself.
    boolean echo() {
        return waiting.conversation() != null;
    }

    /// Where an echo belongs.
    ConversationId place() {
        return Objects.requireNonNull(waiting.conversation(), "no place is known yet");
    }

    /// @param part 0: all of it
    record Name(String externalId, int part) {}

    /// @param where in the plugin's words
    record Fetch(
            MediaId media, int part, String where, @Nullable String name, @Nullable String type) {}

    /// What is known by the id from now on: the interaction; of a receipt what it is about, since
    /// nobody refers to a receipt. So an id comes to be known whose send was never answered.
    static Change.BindReference binding(Name name, Interaction interaction) {
        return interaction.content() instanceof Content.Receipt
                        && interaction.target() instanceof Target.Known known
                ? new Change.BindReference(
                        interaction.account(), name.externalId(), known.interaction(), known.part())
                : new Change.BindReference(
                        interaction.account(), name.externalId(), interaction.id(), name.part());
    }

    Bytes write() {
        ObjectNode form = EventForm.JSON.createObjectNode();
        form.put(
                "interaction", new String(InteractionJson.encode(waiting), StandardCharsets.UTF_8));
        ArrayNode known = form.putArray("aliases");
        aliases.forEach(known::add);
        form.put("weight", weight.name());
        ArrayNode named = form.putArray("names");
        for (Name name : names) {
            named.addObject().put("id", name.externalId()).put("part", name.part());
        }
        ArrayNode fetched = form.putArray("fetches");
        for (Fetch fetch : fetches) {
            fetched.addObject()
                    .put("media", fetch.media().toString())
                    .put("part", fetch.part())
                    .put("where", fetch.where())
                    .put("name", fetch.name())
                    .put("type", fetch.type());
        }
        EventForm.put(form, events);
        return EventForm.bytes(form);
    }

    static Parcel read(Bytes body) {
        JsonNode form = EventForm.tree(body);
        var interaction =
                form.required("interaction").stringValue().getBytes(StandardCharsets.UTF_8);
        var names = new ArrayList<Name>();
        for (JsonNode name : form.required("names")) {
            names.add(
                    new Name(name.required("id").stringValue(), name.required("part").intValue()));
        }
        var fetches = new ArrayList<Fetch>();
        for (JsonNode fetch : form.required("fetches")) {
            fetches.add(
                    new Fetch(
                            MediaId.of(fetch.required("media").stringValue()),
                            fetch.required("part").intValue(),
                            fetch.required("where").stringValue(),
                            text(fetch, "name"),
                            text(fetch, "type")));
        }
        return new Parcel(
                InteractionJson.decode(interaction, 0),
                aliases(form),
                Change.Weight.valueOf(form.required("weight").stringValue()),
                names,
                fetches,
                EventForm.all(form));
    }

    /// What was parked by a version before has none.
    private static Set<String> aliases(JsonNode form) {
        var aliases = new HashSet<String>();
        for (JsonNode alias : form.path("aliases")) {
            aliases.add(alias.stringValue());
        }
        return aliases;
    }

    private static @Nullable String text(JsonNode form, String member) {
        JsonNode value = form.get(member);
        return value == null || value.isNull() ? null : value.stringValue();
    }
}
