package io.tributary.sms.smpp;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The words of a receipt (SMPP 3.4, Appendix B): `id:… sub:… dlvrd:… submit date:… done date:…
/// stat:… err:… text:…`. The appendix is an example and no grammar: each word is looked for by
/// itself, in any order and case.
///
/// @param id empty: it names none
/// @param state in upper case; empty: it says none
/// @param error as it stands there; null: none, or zeros
record ReceiptText(String id, String state, @Nullable String error) {

    private static final Pattern ID = word("id");
    private static final Pattern STATE = word("stat");
    private static final Pattern ERROR = word("err");

    /// What follows may be what a customer was told, and look like anything.
    private static final Pattern TEXT = Pattern.compile("(?i)\\btext:");

    static ReceiptText of(ShortMessage message) {
        var charset =
                message.coding() == DataCoding.UCS2
                        ? StandardCharsets.UTF_16BE
                        : StandardCharsets.ISO_8859_1;
        var all = new String(message.userData().toArray(), charset);
        var text = TEXT.matcher(all);
        var words = text.find() ? all.substring(0, text.start()) : all;
        var error = find(ERROR, words);
        boolean none = error.isEmpty() || error.chars().allMatch(each -> each == '0');
        return new ReceiptText(
                find(ID, words), find(STATE, words).toUpperCase(Locale.ROOT), none ? null : error);
    }

    private static Pattern word(String name) {
        return Pattern.compile("(?i)(?:^|\\s)" + name + ":(\\S*)");
    }

    private static String find(Pattern word, String words) {
        var found = word.matcher(words);
        return found.find() ? found.group(1) : "";
    }
}
