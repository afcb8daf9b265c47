package io.tributary.host.configuration;

import io.tributary.host.phones.PhoneNumbers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/// What lists of `account=…` say together; that each item is right by itself was checked before.
final class AccountRules {

    private static final String REGIONS = "/customers/phone-regions";
    private static final String QUOTAS = "/outbound/quotas";

    private final Document document;
    private final List<Mistake> mistakes = new ArrayList<>();

    private AccountRules(Document document) {
        this.document = document;
    }

    static List<Mistake> mistakes(Document document) {
        var rules = new AccountRules(document);
        rules.once(REGIONS);
        rules.once(QUOTAS);
        rules.countries();
        return rules.mistakes;
    }

    private void once(String list) {
        Set<String> accounts = new HashSet<>();
        each(
                list,
                (pointer, item) -> {
                    String account = item.substring(0, item.indexOf('='));
                    if (!accounts.add(account)) {
                        wrong(pointer, "names account " + account + " a second time; keep one");
                    }
                });
    }

    private void countries() {
        each(
                REGIONS,
                (pointer, item) -> {
                    String country = item.substring(item.indexOf('=') + 1);
                    if (!PhoneNumbers.areKnownOf(country)) {
                        wrong(
                                pointer,
                                "names " + country + ", of which no telephone numbers are known");
                    }
                });
    }

    private void each(String list, BiConsumer<String, String> seen) {
        int at = 0;
        for (var item : document.root().at(list)) {
            seen.accept(list + "/" + at, item.asString());
            at++;
        }
    }

    private void wrong(String pointer, String text) {
        mistakes.add(new Mistake(document.at(pointer), Document.dotted(pointer), text));
    }
}
