package io.tributary.host.outbound;

import io.tributary.json.InteractionJson;
import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.Interaction;
import io.tributary.model.Json;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What of an interaction the channel could not carry as it is, as the interaction says itself: the
/// extension `tributary.degraded` is `{"asText":[2],"lost":[3],"cut":[[4,5]],"sent":[…]}` where
/// part 2 went as its plain text, the message went without part 3, and parts 4 and 5 were one.
/// `sent` holds, with their numbers, the contents that went in place of those that the interaction
/// has, and `numbered` the choices that can be answered by a number. A list that would be empty is
/// missing.
///
/// @param parts numbers of the parts, by what was done to them
/// @param cut numbers of the parts that were one, of each such
/// @param sent by the number of the part
/// @param numbered that of number 1 first
record Degraded(
        Map<Adaptation, Set<Integer>> parts,
        List<List<Integer>> cut,
        Map<Integer, Content> sent,
        List<Choice> numbered) {

    static final String EXTENSION = Draft.OURS + "degraded";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Degraded NOTHING = new Degraded(Map.of(), List.of(), Map.of(), List.of());

    Degraded {
        parts = Map.copyOf(parts);
        cut = List.copyOf(cut);
        sent = Map.copyOf(sent);
        numbered = List.copyOf(numbered);
    }

    /// As far as the sender needs it: what was done to which part, and what goes instead.
    static Degraded of(Interaction interaction) {
        var json = interaction.extensions().get(EXTENSION);
        return json == null ? NOTHING : read(JSON.readTree(json.text()));
    }

    private static Degraded read(JsonNode said) {
        var parts = new EnumMap<Adaptation, Set<Integer>>(Adaptation.class);
        for (var adaptation : Adaptation.values()) {
            var numbers = new TreeSet<Integer>();
            said.path(adaptation.word()).forEach(number -> numbers.add(number.asInt()));
            if (!numbers.isEmpty()) {
                parts.put(adaptation, numbers);
            }
        }
        var sent = new TreeMap<Integer, Content>();
        for (var one : said.path("sent")) {
            var content = ((ObjectNode) one.deepCopy()).without("number");
            sent.put(
                    one.path("number").asInt(),
                    InteractionJson.decodeContent(JSON.writeValueAsBytes(content)));
        }
        return new Degraded(parts, List.of(), sent, List.of());
    }

    boolean isNothing() {
        return parts.isEmpty() && cut.isEmpty();
    }

    boolean isLost(int part) {
        return parts.getOrDefault(Adaptation.LOST, Set.of()).contains(part);
    }

    /// A part's content as the channel gets it.
    Content sent(int part, Content kept) {
        var instead = sent.get(part);
        if (instead != null) {
            return instead;
        }
        // what an earlier version wrote says of the text only that there is one
        boolean text = parts.getOrDefault(Adaptation.AS_TEXT, Set.of()).contains(part);
        return text && !(kept instanceof Content.Text) ? Content.text(kept.fallback()) : kept;
    }

    Json json() {
        var said = JSON.createObjectNode();
        for (var adaptation : Adaptation.values()) {
            var numbers = parts.getOrDefault(adaptation, Set.of());
            if (!numbers.isEmpty()) {
                add(said.putArray(adaptation.word()), numbers);
            }
        }
        if (!cut.isEmpty()) {
            var lists = said.putArray("cut");
            cut.forEach(numbers -> add(lists.addArray(), numbers));
        }
        if (!sent.isEmpty()) {
            var list = said.putArray("sent");
            new TreeMap<>(sent)
                    .forEach((number, content) ->
                            list.addObject()
                                    .put("number", number)
                                    .setAll(
                                            (ObjectNode)
                                                    JSON.readTree(
                                                            InteractionJson.encode(content))));
        }
        if (!numbered.isEmpty()) {
            var list = said.putArray("numbered");
            numbered.forEach(
                    choice -> list.addObject().put("id", choice.id()).put("label", choice.label()));
        }
        return Json.of(JSON.writeValueAsString(said));
    }

    private static void add(ArrayNode list, Collection<Integer> numbers) {
        numbers.stream().sorted().forEach(list::add);
    }
}
