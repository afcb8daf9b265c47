package io.tributary.spi;

import io.tributary.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fields of a form or of a query, in order, repeated ones kept.
///
/// A list and no map: some providers sign what they send in the order or with the repeats that they
/// sent. Forms are short, so a search from the front is quicker than an index.
public record Fields(List<Field> all) {

    /// No field.
    public static final Fields NONE = new Fields(List.of());

    /// One name with one value; both may be empty.
    public record Field(String name, String value) {

        /// The name alone.
        @Override
        public String toString() {
            return "Field[" + name + "]";
        }
    }

    public Fields {
        all = List.copyOf(all);
    }

    /// A single field, to which [#with(String, String)] adds more.
    public static Fields of(String name, String value) {
        return new Fields(List.of(new Field(name, value)));
    }

    /// Reads `application/x-www-form-urlencoded`.
    ///
    /// Strict about what could hide something: a `%` must be followed by two hexadecimal digits.
    /// Bytes that are no UTF-8 become U+FFFD, since a customer's text must not be lost over one of
    /// them.
    ///
    /// @throws Malformed a percent escape is broken
    public static Fields decode(Bytes form) {
        return new FieldsReader(form.toArray()).read();
    }

    /// Reads the query of a url, as it stands there without the `?`.
    ///
    /// @param query null or empty: no fields
    /// @throws Malformed a percent escape is broken
    public static Fields decode(@Nullable String query) {
        return query == null || query.isEmpty() ? NONE : decode(Bytes.utf8(query));
    }

    /// The first value of that name; null where there is none.
    public @Nullable String first(String name) {
        for (var field : all) {
            if (field.name.equals(name)) {
                return field.value;
            }
        }
        return null;
    }

    /// The first value of that name.
    ///
    /// @throws Malformed there is none
    public String need(String name) {
        var value = first(name);
        if (value == null) {
            throw new Malformed("field " + name + " is missing");
        }
        return value;
    }

    /// All values of that name, in order.
    public List<String> all(String name) {
        return all.stream().filter(field -> field.name.equals(name)).map(Field::value).toList();
    }

    /// The same with one more at the end.
    public Fields with(String name, String value) {
        var more = new ArrayList<>(all);
        more.add(new Field(name, value));
        return new Fields(more);
    }

    /// These fields as `application/x-www-form-urlencoded`, which [#decode(Bytes)] reads back.
    public Bytes encode() {
        return Bytes.utf8(FieldsWriter.write(all));
    }

    /// How many there are: they are what a customer sent.
    @Override
    public String toString() {
        return "Fields[" + all.size() + "]";
    }
}
