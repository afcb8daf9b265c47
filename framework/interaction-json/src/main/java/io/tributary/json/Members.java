package io.tributary.json;

import io.tributary.model.Content;
import io.tributary.model.Json;
import io.tributary.model.Part;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The members of a JSON object, taken one by one under their types.
///
/// Nothing is thrown on the way: a missing member or one of another type is noted, and something
/// harmless of the right type is returned. [#finish()] then says everything that is wrong at once,
/// unknown members included. So a body is read in one go:
///
/// ```
/// var body = Members.of(bytes);
/// var reply = new Reply(body.parts("parts"), body.optionalText("thread"));
/// body.finish();
/// ```
///
/// A member that is null counts as absent. For one thread.
public final class Members {

    private final Leftovers leftovers;
    private final @Nullable Members parent;
    private final String step;
    private final Findings findings;

    private Members(
            Map<String, Tree> values, @Nullable Members parent, String step, Findings findings) {
        this.leftovers = new Leftovers(values, findings);
        this.parent = parent;
        this.step = step;
        this.findings = findings;
    }

    /// Reads a body that came from outside: an object in UTF-8, at most 64 levels deep, no member
    /// twice, texts without NUL. Whoever took it from the network has bounded its size.
    ///
    /// @throws InvalidJson it is not like that
    public static Members of(byte[] body) {
        return root(TreeReader.outside(body), new Findings(true));
    }

    static Members root(Tree tree, Findings findings) {
        if (tree instanceof Tree.Members(var values)) {
            return new Members(values, null, "", findings);
        }
        throw InvalidJson.of("", "must be an object");
    }

    /// Whether the member is there and not null.
    public boolean has(String name) {
        return find(name) != null;
    }

    /// A required string.
    public String text(String name) {
        return required(name, "", Conversion::text);
    }

    /// A string, or null where the member is absent.
    public @Nullable String optionalText(String name) {
        return optional(name, Conversion::text);
    }

    /// A required whole number within a range.
    public long number(String name, long least, long most) {
        return required(name, least, Conversion.whole(least, most));
    }

    /// A whole number within a range, or the given one where the member is absent.
    public long number(String name, long least, long most, long otherwise) {
        Long value = optional(name, Conversion.whole(least, most));
        return value == null ? otherwise : value;
    }

    /// A required number of at most 100 digits.
    public BigDecimal decimal(String name) {
        return required(name, BigDecimal.ZERO, Conversion::decimal);
    }

    /// A number of at most 100 digits, or null where the member is absent.
    public @Nullable BigDecimal optionalDecimal(String name) {
        return optional(name, Conversion::decimal);
    }

    /// A required number, as near as a double comes to it.
    public double real(String name) {
        return required(name, 0.0, Conversion::real);
    }

    /// A number, as near as a double comes to it, or null where the member is absent.
    public @Nullable Double optionalReal(String name) {
        return optional(name, Conversion::real);
    }

    /// A required true or false.
    public boolean flag(String name) {
        return required(name, false, Conversion::flag);
    }

    /// True or false, or the given one where the member is absent.
    public boolean flag(String name, boolean otherwise) {
        Boolean value = optional(name, Conversion::flag);
        return value == null ? otherwise : value;
    }

    /// A required moment in ISO 8601, such as `2026-11-22T10:00:00Z`.
    public Instant instant(String name) {
        return required(name, Instant.EPOCH, Conversion::instant);
    }

    /// A moment in ISO 8601, or null where the member is absent.
    public @Nullable Instant optionalInstant(String name) {
        return optional(name, Conversion::instant);
    }

    /// A duration in ISO 8601, such as `PT1M30S`, or null where the member is absent.
    public @Nullable Duration optionalDuration(String name) {
        return optional(name, Conversion::duration);
    }

    /// A language tag, such as `de-AT`, or null where the member is absent.
    public @Nullable Locale optionalLocale(String name) {
        return optional(name, Conversion::locale);
    }

    /// A required value made of a string by a function that refuses by [IllegalArgumentException],
    /// such as `AccountId::of`. The exception's message is shown, so it must not quote the string.
    ///
    /// @param harmless returned where the value cannot be had; never seen if [#finish()] is called
    public <T> T parsed(String name, T harmless, Function<String, T> parser) {
        return required(name, harmless, Conversion.parsed(harmless, parser));
    }

    /// The same, or null where the member is absent.
    public <T> @Nullable T optionalParsed(String name, T harmless, Function<String, T> parser) {
        return optional(name, Conversion.parsed(harmless, parser));
    }

    /// Any JSON value as it is, JSON's null included; null where the member is absent.
    public @Nullable Json json(String name) {
        Tree tree = leftovers.take(name);
        return tree == null ? null : Rendering.text(tree);
    }

    /// An object of any members, as they are; empty where the member is absent.
    public Map<String, Json> jsons(String name) {
        var jsons = new LinkedHashMap<String, Json>();
        map(name).forEach((key, tree) -> jsons.put(key, Rendering.text(tree)));
        return jsons;
    }

    /// An object of strings; empty where the member is absent.
    public Map<String, String> texts(String name) {
        var texts = new LinkedHashMap<String, String>();
        map(name)
                .forEach((key, tree) ->
                        texts.put(key, Conversion.text(this, name + "/" + escaped(key), tree)));
        return texts;
    }

    /// A list of strings; empty where the member is absent.
    public List<String> textList(String name) {
        var texts = new ArrayList<String>();
        var elements = elements(name);
        for (int i = 0; i < elements.size(); i++) {
            texts.add(Conversion.text(this, name + "/" + i, elements.get(i)));
        }
        return texts;
    }

    /// An object, read by a function; null where the member is absent or unreadable. The function
    /// need not finish what it reads.
    public <T> @Nullable T object(String name, Function<Members, @Nullable T> reader) {
        Tree tree = find(name);
        return tree == null ? null : this.<@Nullable T>nested(name, tree, name, reader);
    }

    /// A list of objects, each read by a function; empty where the member is absent. Elements that
    /// are unreadable are left out, with a problem noted.
    public <T> List<T> list(String name, Function<Members, T> reader) {
        var read = new ArrayList<T>();
        var elements = elements(name);
        for (int i = 0; i < elements.size(); i++) {
            T element = nested(name, elements.get(i), name + "/" + i, reader);
            if (element != null) {
                read.add(element);
            }
        }
        return read;
    }

    /// A list of parts, at least one, as in `[{"type":"text","text":"Hello"}]`. They are numbered
    /// from 1.
    public List<Part> parts(String name) {
        var parts = new ArrayList<Part>();
        var elements = elements(name);
        if (!has(name)) {
            problem(name, "is missing");
        } else if (find(name) instanceof Tree.Elements && elements.isEmpty()) {
            problem(name, "must have at least one part");
        }
        for (int i = 0; i < elements.size(); i++) {
            int number = i + 1;
            Part part =
                    nested(
                            name,
                            elements.get(i),
                            name + "/" + i,
                            members -> PartReader.read(members, number));
            if (part != null) {
                parts.add(part);
            }
        }
        return parts;
    }

    /// The object itself as a content, as in `{"type":"text","text":"Hello"}`.
    public Content content() {
        int before = findings.count();
        try {
            return ContentReader.read(this);
        } catch (IllegalArgumentException refused) {
            if (findings.count() == before) {
                problem("", String.valueOf(refused.getMessage()));
            }
            return new Content.Deleted();
        }
    }

    /// Notes what the types cannot say, such as two members that exclude each other.
    ///
    /// @param name of the member; empty: the object as a whole
    public void problem(String name, String text) {
        findings.problem(pointer(name), text);
    }

    /// Ends the reading of a body.
    ///
    /// @throws InvalidJson something was wrong; it says everything that was
    public void finish() {
        close();
        if (findings.count() > 0) {
            throw new InvalidJson(findings.problems());
        }
    }

    // What follows is for the readers of this package.

    Findings findings() {
        return findings;
    }

    /// A required object.
    <T> T needed(String name, T harmless, Function<Members, @Nullable T> reader) {
        if (!has(name)) {
            return wrong(name, "is missing", harmless);
        }
        T value = object(name, reader);
        return value == null ? harmless : value;
    }

    <E extends Enum<E>> E constant(String name, EnumNames<E> names, E otherwise) {
        return has(name) ? constant(name, names) : otherwise;
    }

    <E extends Enum<E>> E constant(String name, EnumNames<E> names) {
        return required(
                name,
                names.first(),
                (members, at, tree) -> {
                    String constant = Conversion.text(members, at, tree);
                    E known = names.constant(constant);
                    return known == null
                            ? wrong(at, "must be one of " + names.all(), names.first())
                            : known;
                });
    }

    /// Reads a member that the object can do without: if it cannot be read in full, it is kept as
    /// it is.
    <T extends @Nullable Object> T orKept(String name, T otherwise, Function<Members, T> reader) {
        int before = findings.count();
        T value = reader.apply(this);
        if (!findings.strict() && findings.count() > before) {
            findings.forgetAfter(before);
            leftovers.keep(name);
            return otherwise;
        }
        return value;
    }

    /// Looks for members that nobody asked for: a problem where reading is strict, kept where it is
    /// not.
    void close() {
        for (String name : leftovers.rest()) {
            if (findings.strict()) {
                problem(escaped(name), "is not known here");
            } else {
                leftovers.keep(name);
            }
        }
    }

    Leftovers leftovers() {
        return leftovers;
    }

    String pointer(String name) {
        String own = parent == null ? "" : parent.pointer(step);
        return name.isEmpty() ? own : own + "/" + name;
    }

    private <T extends @Nullable Object> @Nullable T nested(
            String name, Tree tree, String place, Function<Members, T> reader) {
        if (!(tree instanceof Tree.Members(var nested))) {
            problem(place, "must be an object");
            return null;
        }
        int gaps = findings.gaps();
        int before = findings.count();
        var members = new Members(nested, this, place, findings);
        try {
            return reader.apply(members);
        } catch (IllegalArgumentException refused) {
            // What is noted already explains it better than what the harmless values led to.
            if (findings.count() == before) {
                problem(place, String.valueOf(refused.getMessage()));
            }
            return null;
        } finally {
            members.close();
            if (findings.gaps() > gaps) {
                leftovers.keep(name);
            }
        }
    }

    private @Nullable Tree find(String name) {
        Tree tree = leftovers.take(name);
        return tree instanceof Tree.Null ? null : tree;
    }

    private <T> T required(String name, T harmless, Conversion<T> conversion) {
        Tree tree = find(name);
        if (tree == null) {
            problem(name, "is missing");
            return harmless;
        }
        return conversion.of(this, name, tree);
    }

    private <T> @Nullable T optional(String name, Conversion<T> conversion) {
        Tree tree = find(name);
        return tree == null ? null : conversion.of(this, name, tree);
    }

    private Map<String, Tree> map(String name) {
        Tree tree = find(name);
        if (tree == null) {
            return Map.of();
        }
        return tree instanceof Tree.Members(var members)
                ? members
                : wrong(name, "must be an object", Map.of());
    }

    private List<Tree> elements(String name) {
        Tree tree = find(name);
        if (tree == null) {
            return List.of();
        }
        return tree instanceof Tree.Elements(var elements)
                ? elements
                : wrong(name, "must be an array", List.of());
    }

    <T> T wrong(String at, String text, T harmless) {
        problem(at, text);
        return harmless;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
