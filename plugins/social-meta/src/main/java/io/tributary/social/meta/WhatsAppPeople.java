package io.tributary.social.meta;

import io.tributary.model.Identity;
import io.tributary.spi.Party;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who a WhatsApp customer is.
///
/// Since April 2026 everybody has a business-scoped id (`US.13491208655302741918`, of a group of
/// companies `US.ENT.…`), and whoever took a username may be known by that alone, even where a
/// webhook says `from` or `wa_id`
/// (https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids).
/// So none of the ids is needed, and all that are there lead to the same end.
final class WhatsAppPeople {

    static final String PHONE = "phone";
    static final String BSUID = "whatsapp.bsuid";

    private static final Pattern SCOPED = Pattern.compile("[A-Z]{2}\\.[0-9A-Za-z.]{1,140}");

    private WhatsAppPeople() {}

    /// @param ids as webhooks give them, the one to reply to first; null: not given
    static Party party(@Nullable String name, @Nullable String... ids) {
        var addresses = new LinkedHashSet<String>();
        var identities = new ArrayList<Identity>();
        for (var id : ids) {
            if (id != null && !id.isEmpty()) {
                add(id, addresses, identities);
            }
        }
        if (addresses.isEmpty()) {
            throw new Node.Unfamiliar("who it is from");
        }
        var all = List.copyOf(addresses);
        return Party.of(all.getFirst(), identities.stream().distinct().toArray(Identity[]::new))
                .named(name)
                .aliases(all.stream().skip(1).toArray(String[]::new));
    }

    /// The same end, which was known by other ids before. Those are no identities of it any more: a
    /// number is given to somebody else one day.
    static Party movedFrom(Party party, @Nullable String... before) {
        var addresses = new LinkedHashSet<>(party.aliases());
        for (var id : before) {
            if (id != null && !id.isEmpty()) {
                add(id, addresses, new ArrayList<>());
            }
        }
        addresses.remove(party.address());
        return party.aliases(addresses.toArray(String[]::new));
    }

    /// A number also leads there in its newer form, under which somebody may have begun to write.
    private static void add(String id, Set<String> addresses, List<Identity> identities) {
        if (isScoped(id)) {
            addresses.add(id);
            identities.add(Identity.byChannel(BSUID, id));
        } else if (Phones.isWaId(id)) {
            addresses.add(Phones.address(id));
            addresses.add(Phones.e164(id));
            identities.add(Identity.byChannel(PHONE, Phones.e164(id)));
        } else {
            addresses.add(id);
        }
    }

    static boolean isScoped(String id) {
        return SCOPED.matcher(id).matches();
    }

    /// A number or BSUID; anything else is a group.
    static boolean isGroup(String address) {
        return !address.startsWith("+") && !isScoped(address);
    }
}
