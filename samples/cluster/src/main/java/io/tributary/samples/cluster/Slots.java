package io.tributary.samples.cluster;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Who sends for which account, as the members themselves see it. Each account here has one slot.
///
/// @param owners the run of a member by account
/// @param names of members by run
/// @param states of members by run
record Slots(Map<String, Long> owners, Map<Long, String> names, Map<Long, String> states) {

    /// @param member to be asked
    static Slots seen(Operator operator, URI member) throws IOException, InterruptedException {
        var slots = new Slots(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        for (JsonNode each : operator.get(member, "/admin/v1/members").path("items")) {
            long run = each.path("run").asLong();
            slots.names.put(run, each.path("name").asString(""));
            slots.states.put(run, each.path("state").asString(""));
            for (JsonNode slot : each.path("slots")) {
                slots.owners.put(slot.path("account").asString(""), run);
            }
        }
        return slots;
    }

    /// Whether each of the accounts is run by somebody else than that run, who lives.
    boolean without(long run, Iterable<String> accounts) {
        for (String each : accounts) {
            Long owner = owners.get(each);
            if (owner == null || owner == run || !states.getOrDefault(owner, "").equals("ready")) {
                return false;
            }
        }
        return true;
    }

    String owner(String account) {
        return names.getOrDefault(owners.getOrDefault(account, 0L), "nobody");
    }

    /// The latest run of a member; 0: there is none.
    long run(String name) {
        return names.entrySet().stream()
                .filter(each -> each.getValue().equals(name))
                .mapToLong(Map.Entry::getKey)
                .max()
                .orElse(0);
    }

    /// How many members are ready.
    long ready() {
        return states.values().stream().filter("ready"::equals).count();
    }
}
