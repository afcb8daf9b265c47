package io.tributary.json;

import io.tributary.model.Json;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The members of an object, which of them were asked for, and which are kept as they are because
/// this build cannot read them in full.
final class Leftovers {

    private final Map<String, Tree> values;
    private final Findings findings;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Json> unknown = new LinkedHashMap<>();

    Leftovers(Map<String, Tree> values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    /// The member, which is no leftover from now on.
    @Nullable Tree take(String name) {
        taken.add(name);
        return values.get(name);
    }

    /// The members that nobody has asked for; from now on somebody has.
    List<String> rest() {
        return values.keySet().stream().filter(taken::add).toList();
    }

    /// Notes that a member is not understood in full.
    void keep(String name) {
        Tree tree = values.get(name);
        if (tree != null) {
            findings.gap();
            unknown.put(name, Rendering.text(tree));
        }
    }

    /// All members but one, as they are; nothing else of them is kept any more.
    Json whole(String except) {
        var rest = new LinkedHashMap<>(values);
        rest.remove(except);
        taken.addAll(values.keySet());
        unknown.keySet().retainAll(Set.of(except));
        return Rendering.text(new Tree.Members(rest));
    }

    /// What is kept as it is, by name.
    Map<String, Json> unknown() {
        return unknown;
    }
}
