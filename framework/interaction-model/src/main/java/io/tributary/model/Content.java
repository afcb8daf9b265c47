package io.tributary.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one part of an interaction is.
///
/// This is the whole catalogue, from what people say over what devices report to what happens to
/// the conversation itself. It grows: inside the framework a `switch` over it is exhaustive without
/// `default`; plugins and agent apps need a `default`, and show [#fallback()] there.
///
/// What a build does not know it reads as [Custom]. Never log a content or put it in an exception:
/// its text form may hold what a customer said. [#type()] and [#capability()] are safe.
public sealed interface Content {

    /// What the customer or our side wrote.
    ///
    /// @param text plain text, possibly empty; never markup
    /// @param spans stretches that look or act differently, all inside the text
    record Text(String text, List<Span> spans) implements Content {
        /// Refuses a span that leaves the text.
        public Text {
            int length = Check.given(text, "the text of a text").length();
            spans = Check.list(spans, "the spans of a text");
            for (Span span : spans) {
                Check.that(span.end() <= length, "a span must not leave its text");
            }
        }

        /// How long it is, never the text.
        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }

    /// A picture, a sound or a file. The bytes are kept beside the log.
    ///
    /// @param kind how it is meant to be shown
    /// @param state whether the bytes are there
    /// @param id names the bytes; null until the host has given one, so always null in a plugin's
    ///   hand on the way in unless the plugin kept the bytes itself or had a device upload them
    /// @param mediaType an IANA media type, such as `image/jpeg`; null where it is not known
    /// @param name the file's name; null where it has none
    /// @param bytes the size; 0 where it is not known
    /// @param sha256 the checksum, 64 lower-case hexadecimal digits; null where it is not known
    /// @param caption what the sender wrote under it; null for nothing
    record Media(
            Kind kind,
            State state,
            @Nullable MediaId id,
            @Nullable String mediaType,
            @Nullable String name,
            long bytes,
            @Nullable String sha256,
            @Nullable String caption)
            implements Content {

        /// How a medium is meant to be shown.
        public enum Kind {
            /// A still or moving picture without sound.
            IMAGE,
            /// A sound file.
            AUDIO,
            /// Speech recorded for this conversation.
            VOICE,
            /// A moving picture with sound.
            VIDEO,
            /// Anything else.
            FILE,
            /// A sticker.
            STICKER
        }

        /// Whether the bytes are there.
        public enum State {
            /// They will be fetched; [MediaStored] or [MediaFailed] follows.
            PENDING,
            /// They are kept.
            STORED,
            /// They could not be had.
            FAILED
        }

        /// Refuses a negative size.
        public Media {
            Check.given(kind, "the kind of a medium");
            Check.given(state, "the state of a medium");
            Check.that(bytes >= 0, "the size of a medium cannot be " + bytes);
        }

        /// A medium whose bytes are still to be fetched.
        public static Media pending(Kind kind, @Nullable String mediaType) {
            return new Media(kind, State.PENDING, null, mediaType, null, 0, null, null);
        }

        /// A medium whose bytes are kept.
        public static Media stored(Kind kind, MediaId id, @Nullable String mediaType) {
            Check.given(id, "the id of a stored medium");
            return new Media(kind, State.STORED, id, mediaType, null, 0, null, null);
        }

        /// The same under an id and in a state.
        public Media at(State state, MediaId id) {
            return new Media(kind, state, id, mediaType, name, bytes, sha256, caption);
        }

        /// The same with a file name.
        public Media named(@Nullable String name) {
            return new Media(kind, state, id, mediaType, name, bytes, sha256, caption);
        }

        /// The same with a size and a checksum.
        public Media measuring(long bytes, @Nullable String sha256) {
            return new Media(kind, state, id, mediaType, name, bytes, sha256, caption);
        }

        /// The same with words under it.
        public Media captioned(@Nullable String caption) {
            return new Media(kind, state, id, mediaType, name, bytes, sha256, caption);
        }

        /// Without name and caption.
        @Override
        public String toString() {
            return "Media[" + kind + " " + state + " " + id + "]";
        }
    }

    /// A place.
    ///
    /// @param latitude degrees north (WGS 84), -90 to 90
    /// @param longitude degrees east (WGS 84), -180 to 180
    /// @param accuracy radius of the uncertainty in metres; null where it is not known
    /// @param name what the place is called; null where it has no name
    /// @param address its postal address in one text; null where it is not known
    /// @param liveUntil until when updates of it follow; null for a fixed place
    record Location(
            double latitude,
            double longitude,
            @Nullable Double accuracy,
            @Nullable String name,
            @Nullable String address,
            @Nullable Instant liveUntil)
            implements Content {
        /// Refuses what is not on this planet.
        public Location {
            Check.that(Math.abs(latitude) <= 90, "a latitude is within -90 and 90 degrees");
            Check.that(Math.abs(longitude) <= 180, "a longitude is within -180 and 180 degrees");
            Check.that(
                    accuracy == null || (accuracy >= 0 && Double.isFinite(accuracy)),
                    "an accuracy is a number of metres");
        }

        /// Only the type: where somebody is is nobody else's business.
        @Override
        public String toString() {
            return "Location[...]";
        }
    }

    /// Somebody's contact data.
    ///
    /// @param name the person's or company's name
    /// @param organization where the person works; null where it is not known
    /// @param reach how to reach them
    record ContactCard(String name, @Nullable String organization, List<Reach> reach)
            implements Content {

        /// One way to reach somebody.
        ///
        /// @param type `phone`, `email`, `address`, `url` or the provider's own
        /// @param value the number, the address …
        /// @param label such as `work`; null for none
        public record Reach(String type, String value, @Nullable String label) {
            /// Refuses empty values.
            public Reach {
                Check.filled(type, "the type of a way to reach somebody");
                Check.filled(value, "the value of a way to reach somebody");
            }
        }

        /// Refuses null.
        public ContactCard {
            Check.given(name, "the name on a contact card");
            reach = Check.list(reach, "the ways to reach on a contact card");
        }
    }

    /// A question with answers to choose from: buttons, quick replies or a list, as the channel
    /// can.
    ///
    /// @param text the question
    /// @param choices the answers, at least one
    record Choices(String text, List<Choice> choices) implements Content {
        /// Refuses a question without answers.
        public Choices {
            Check.given(text, "the text of choices");
            choices = Check.filledList(choices, "the answers of choices");
        }
    }

    /// What the customer chose.
    ///
    /// @param id of the [Choice]
    /// @param label what the customer read, or the id where the provider does not tell
    record ChoiceMade(String id, String label) implements Content {
        /// Refuses an empty id.
        public ChoiceMade {
            Check.filled(id, "the id of a made choice");
            Check.given(label, "the label of a made choice");
        }
    }

    /// A title with a picture, a text and things to do.
    ///
    /// @param title the heading
    /// @param text what is said below; null for nothing
    /// @param image the picture; null for none
    /// @param choices what can be done, possibly nothing
    record Card(String title, @Nullable String text, @Nullable Media image, List<Choice> choices)
            implements Content {
        /// Refuses null.
        public Card {
            Check.given(title, "the title of a card");
            choices = Check.list(choices, "the choices of a card");
        }
    }

    /// Cards beside each other.
    ///
    /// @param cards at least one
    record Carousel(List<Card> cards) implements Content {
        /// Refuses an empty carousel.
        public Carousel {
            cards = Check.filledList(cards, "the cards of a carousel");
        }
    }

    /// Questions to be answered together.
    ///
    /// @param form names it, so that [FormSubmitted] can say which
    /// @param title the heading
    /// @param fields the questions, at least one
    record Form(String form, String title, List<Field> fields) implements Content {

        /// One question.
        ///
        /// @param name of its value in [FormSubmitted#values()]
        /// @param label what the customer reads
        /// @param input what kind of answer is expected
        /// @param required whether it must be answered
        /// @param choices what can be chosen where the input is a choice, else empty
        public record Field(
                String name, String label, Input input, boolean required, List<Choice> choices) {
            /// Refuses an empty name.
            public Field {
                Check.filled(name, "the name of a field");
                Check.given(label, "the label of a field");
                Check.given(input, "the input of a field");
                choices = Check.list(choices, "the choices of a field");
            }
        }

        /// Kinds of answers.
        public enum Input {
            /// One line.
            TEXT,
            /// Several lines.
            LONG_TEXT,
            /// A number.
            NUMBER,
            /// A day.
            DATE,
            /// An e-mail address.
            EMAIL,
            /// A phone number.
            PHONE,
            /// Yes or no.
            AGREEMENT,
            /// One of the choices.
            CHOICE,
            /// Any of the choices.
            CHOICES
        }

        /// Refuses a form without questions.
        public Form {
            Check.filled(form, "the name of a form");
            Check.given(title, "the title of a form");
            fields = Check.filledList(fields, "the fields of a form");
        }
    }

    /// What the customer entered.
    ///
    /// @param form names the form
    /// @param values by the fields' names, as the provider gave them
    record FormSubmitted(String form, Map<String, Json> values) implements Content {
        /// Refuses an empty name.
        public FormSubmitted {
            Check.filled(form, "the name of a submitted form");
            values = Check.map(values, "the values of a submitted form");
        }
    }

    /// A message that the provider has approved before.
    ///
    /// @param name as the provider knows it
    /// @param locale which of its languages
    /// @param values what is put into its gaps, by their names (`1`, `2` … where they have none)
    record Template(String name, Locale locale, Map<String, String> values) implements Content {
        /// Refuses an empty name.
        public Template {
            Check.filled(name, "the name of a template");
            Check.given(locale, "the locale of a template");
            values = Check.map(values, "the values of a template");
        }
    }

    /// What the customer wants to buy.
    ///
    /// @param catalog which catalogue the products are of; null where there is only one
    /// @param currency an ISO 4217 code, such as `EUR`; null where no item has a price
    /// @param items at least one
    /// @param note what the customer added; null for nothing
    record Order(
            @Nullable String catalog,
            @Nullable String currency,
            List<Item> items,
            @Nullable String note)
            implements Content {

        /// One line of an order.
        ///
        /// @param product as the catalogue knows it
        /// @param name for display; null where it is not known
        /// @param quantity at least 1
        /// @param price of one, in the order's currency; null where it is not known
        public record Item(
                String product, @Nullable String name, int quantity, @Nullable BigDecimal price) {
            /// Refuses a quantity below 1.
            public Item {
                Check.filled(product, "the product of an item");
                Check.that(quantity >= 1, "the quantity of an item cannot be " + quantity);
                if (price != null) {
                    Check.sensible(price, "the price of an item");
                }
            }
        }

        /// Refuses an order of nothing.
        public Order {
            items = Check.filledList(items, "the items of an order");
        }
    }

    /// Spoken words in writing, often later than the call or the voice note it is about.
    ///
    /// @param text what was understood
    /// @param speaker who spoke
    /// @param last whether nothing follows
    record Transcript(String text, Actor.Kind speaker, boolean last) implements Content {
        /// Refuses null.
        public Transcript {
            Check.given(text, "the text of a transcript");
            Check.given(speaker, "the speaker of a transcript");
        }

        /// Who spoke and how much, never what.
        @Override
        public String toString() {
            return "Transcript[" + speaker + ", " + text.length() + " characters]";
        }
    }

    /// A measurement.
    ///
    /// @param code what was measured: a LOINC code, such as `8867-4` (heart rate)
    /// @param value how much; of a window the mean
    /// @param unit a UCUM unit, such as `/min`
    /// @param from when it was measured, or when the window began
    /// @param to the same moment, or when the window ended; not before `from`
    /// @param spread of a window; null for a single measurement
    /// @param device what measured; null where it is not known
    record Reading(
            String code,
            BigDecimal value,
            String unit,
            Instant from,
            Instant to,
            @Nullable Spread spread,
            @Nullable String device)
            implements Content {

        /// How the measurements of a window lay around their mean.
        ///
        /// @param lowest the lowest, in the reading's unit
        /// @param highest the highest, in the reading's unit
        /// @param count how many there were, at least 1
        public record Spread(BigDecimal lowest, BigDecimal highest, int count) {
            /// Refuses a spread of nothing.
            public Spread {
                Check.sensible(lowest, "the lowest value of a spread");
                Check.sensible(highest, "the highest value of a spread");
                Check.that(lowest.compareTo(highest) <= 0, "lowest must not be above highest");
                Check.that(count >= 1, "the count of a spread cannot be " + count);
            }
        }

        /// Refuses a window that ends before it begins.
        public Reading {
            Check.filled(code, "the code of a reading");
            Check.sensible(value, "the value of a reading");
            Check.given(unit, "the unit of a reading");
            Check.given(from, "the begin of a reading");
            Check.that(
                    !Check.given(to, "the end of a reading").isBefore(from),
                    "a reading must not end before it begins");
        }

        /// Without the value: it is somebody's health.
        @Override
        public String toString() {
            return "Reading[" + code + "]";
        }
    }

    /// Something that needs attention.
    ///
    /// @param kind `fall`, `sos`, `geofence`, `battery` or the channel's own
    /// @param severity how urgent it is; from [Severity#URGENT] on it raises its conversation
    /// @param text for people
    record Alert(String kind, Severity severity, String text) implements Content {

        /// How urgent an alert is, in ascending order.
        public enum Severity {
            /// Good to know.
            INFO,
            /// Should be looked at.
            WARNING,
            /// Somebody must look now.
            URGENT,
            /// Somebody may be in danger.
            CRITICAL
        }

        /// Refuses an empty kind.
        public Alert {
            Check.filled(kind, "the kind of an alert");
            Check.given(severity, "the severity of an alert");
            Check.given(text, "the text of an alert");
        }

        /// Whether it raises its conversation.
        public boolean raises() {
            return severity.compareTo(Severity.URGENT) >= 0;
        }
    }

    /// The customer touched something: a spot of a kiosk's screen, an NFC tag, a wearable's button.
    ///
    /// @param on what, as the channel names it
    /// @param label what the customer read there; null where nothing was written
    record Tap(String on, @Nullable String label) implements Content {
        /// Refuses an empty name.
        public Tap {
            Check.filled(on, "what was tapped");
        }
    }

    /// The customer held a code before a reader.
    ///
    /// @param symbology which kind of code, such as `qr`, `ean-13`, `nfc`
    /// @param value what it says
    record Scan(String symbology, String value) implements Content {
        /// Refuses an empty kind.
        public Scan {
            Check.filled(symbology, "the symbology of a scan");
            Check.given(value, "the value of a scan");
        }
    }

    /// The customer came to a place or left it.
    ///
    /// @param event what happened; [Event#ENDED] ends the conversation
    /// @param place where, as the channel names it; null where it is not known
    record Visit(Visit.Event event, @Nullable String place) implements Content {

        /// What can happen on a visit.
        public enum Event {
            /// The customer said to be there.
            CHECKED_IN,
            /// A session at a device began.
            BEGAN,
            /// The session is over, and the conversation with it.
            ENDED
        }

        /// Refuses null.
        public Visit {
            Check.given(event, "the event of a visit");
        }
    }

    /// Something happened to a call. Recording and transcript are contents of their own and may
    /// come late.
    ///
    /// @param event what happened
    /// @param sequence the provider's count of the events of this call, from 0; they may come in
    ///   any order
    /// @param length how long the call lasted; null unless it ended
    /// @param reason why it ended; null where there is nothing to say
    record Call(Call.Event event, int sequence, @Nullable Duration length, @Nullable Reason reason)
            implements Content {

        /// What can happen to a call.
        public enum Event {
            /// It rings.
            RINGING,
            /// Somebody took it.
            ANSWERED,
            /// It waits.
            HELD,
            /// It waits no longer.
            RESUMED,
            /// It goes on with somebody else.
            TRANSFERRED,
            /// It is over.
            ENDED
        }

        /// Refuses a negative sequence or length.
        public Call {
            Check.given(event, "the event of a call");
            Check.that(sequence >= 0, "the sequence of a call cannot be " + sequence);
            Check.that(length == null || !length.isNegative(), "a call cannot last less than 0 s");
        }
    }

    /// Our side wants something done with a call. The call is the target of the interaction, except
    /// for [Action#DIAL].
    ///
    /// @param action what to do
    /// @param endpoint whom to dial, or where to transfer to; null for the other actions
    record CallOrder(Action action, @Nullable String endpoint) implements Content {

        /// What can be ordered.
        public enum Action {
            /// Call somebody.
            DIAL,
            /// Take the call.
            ANSWER,
            /// Let it wait.
            HOLD,
            /// Go on.
            RESUME,
            /// Hand it to somebody else.
            TRANSFER,
            /// End it.
            HANG_UP
        }

        /// Refuses null.
        public CallOrder {
            Check.given(action, "the action of a call order");
        }
    }

    /// The customer allows something or forbids it.
    ///
    /// @param purpose such as `messages`, `marketing`, `recording`
    /// @param granted whether it is allowed
    record Consent(String purpose, boolean granted) implements Content {
        /// Refuses an empty purpose.
        public Consent {
            Check.filled(purpose, "the purpose of a consent");
        }
    }

    /// A sign on the interaction's target.
    ///
    /// @param emoji which sign
    /// @param added false: it was taken away
    record Reaction(String emoji, boolean added) implements Content {
        /// Refuses an empty sign.
        public Reaction {
            Check.filled(emoji, "the emoji of a reaction");
        }
    }

    /// The interaction's target says something else from now on.
    ///
    /// @param parts all that it says now, at least one
    record Edited(List<Part> parts) implements Content {
        /// Refuses an edit to nothing.
        public Edited {
            parts = Check.filledList(parts, "the parts of an edit");
        }
    }

    /// The interaction's target was taken back by its author.
    record Deleted() implements Content {}

    /// How far the interaction's target got.
    ///
    /// @param status how far
    /// @param reason why it failed or is not known; null where there is nothing to say
    record Receipt(Status status, @Nullable Reason reason) implements Content {

        /// How far something sent has got.
        ///
        /// Receipts come early, late, doubled and in any order. The state of a message is therefore
        /// the furthest that was reported, in the order below: delivered and read beat failed,
        /// since what has arrived has not failed.
        public enum Status {
            /// The provider may or may not have taken it.
            UNKNOWN,
            /// The provider has taken it.
            ACCEPTED,
            /// The provider has passed it on.
            SENT,
            /// It will not arrive.
            FAILED,
            /// It has arrived.
            DELIVERED,
            /// Somebody has seen it.
            READ;

            /// Whether this status moves a message forward that has reached another one before.
            ///
            /// @param from the furthest status so far; null: none
            public boolean advances(@Nullable Status from) {
                return from == null || compareTo(from) > 0;
            }
        }

        /// Refuses null.
        public Receipt {
            Check.given(status, "the status of a receipt");
        }
    }

    /// The bytes of a pending medium are kept now.
    ///
    /// @param media which medium
    /// @param mediaType an IANA media type, as found in the bytes or told by the provider
    /// @param bytes the size
    /// @param sha256 the checksum, 64 lower-case hexadecimal digits
    record MediaStored(MediaId media, String mediaType, long bytes, String sha256)
            implements Content {
        /// Refuses a negative size.
        public MediaStored {
            Check.given(media, "the id of stored media");
            Check.filled(mediaType, "the type of stored media");
            Check.that(bytes >= 0, "the size of stored media cannot be " + bytes);
            Check.filled(sha256, "the checksum of stored media");
        }
    }

    /// The bytes of a pending medium could not be had.
    ///
    /// @param media which medium
    /// @param reason why
    record MediaFailed(MediaId media, Reason reason) implements Content {
        /// Refuses null.
        public MediaFailed {
            Check.given(media, "the id of failed media");
            Check.given(reason, "the reason of failed media");
        }
    }

    /// Something for colleagues; the customer never sees it.
    ///
    /// @param text plain text
    record Note(String text) implements Content {
        /// Refuses null.
        public Note {
            Check.given(text, "the text of a note");
        }

        /// How long it is, never the text.
        @Override
        public String toString() {
            return "Note[" + text.length() + " characters]";
        }
    }

    /// The conversation goes on with somebody else on our side: from bot to agent, from agent to
    /// agent.
    ///
    /// @param from who had it
    /// @param to who has it now; without an id where anybody of that kind may take it
    /// @param note for whoever takes it; null for nothing
    record Handover(Actor from, Actor to, @Nullable String note) implements Content {
        /// Refuses null.
        public Handover {
            Check.given(from, "the giver of a handover");
            Check.given(to, "the taker of a handover");
        }
    }

    /// Something about the conversation or its customer changed that agent apps must see in order.
    ///
    /// @param what the change
    /// @param details what it needs to be understood, by name, such as `agent`, `into`, `reason`
    record Changed(What what, Map<String, String> details) implements Content {

        /// What can change.
        public enum What {
            /// An agent took the conversation (`agent`).
            CLAIMED,
            /// The agent gave it back.
            RELEASED,
            /// It was given to another agent or queue (`to`).
            TRANSFERRED,
            /// It became more urgent (`reason`).
            RAISED,
            /// It is over (`reason`).
            CLOSED,
            /// The customer became an alias of another (`into`).
            MERGED,
            /// A merge was undone (`from`).
            UNMERGED,
            /// What can be sent changed.
            CAPABILITIES,
            /// A message did not arrive in time or at all, and the plan that came with it goes on
            /// (`state`, `step`, `reason` …); see its target.
            FALLBACK
        }

        /// Refuses null.
        public Changed {
            Check.given(what, "what changed");
            details = Check.map(details, "the details of a change");
        }
    }

    /// What the model has no word for, or what this build does not know.
    ///
    /// A name with a dot, such as `pager.priority`, is a channel's own content. A name without a
    /// dot is a type of the model that a newer build wrote, or one whose values this build cannot
    /// read; `data` is then the whole of it, and it is stored and sent on as it came.
    ///
    /// @param name see above
    /// @param data as it came
    /// @param fallback what any agent app can show instead; never empty
    record Custom(String name, Json data, String fallback) implements Content {
        /// Refuses an empty name or fallback.
        public Custom {
            Check.filled(name, "the name of a custom content");
            Check.given(data, "the data of a custom content");
            Check.filled(fallback, "the fallback of a custom content");
        }

        /// Whether it is a channel's own content, and not one of a newer build.
        public boolean ofChannel() {
            return name.indexOf('.') > 0;
        }

        /// The name alone.
        @Override
        public String toString() {
            return "Custom[" + name + "]";
        }
    }

    /// The type's name in JSON, in filters and in event types: `text`, `choiceMade`, `custom` … Of
    /// what a newer build wrote, the name that it gave.
    default String type() {
        return ContentNames.type(this);
    }

    /// The name under which a channel says whether it can carry this: the type, and where that says
    /// too little its kind, as in `media.image` and `custom.kiosk.print`.
    default String capability() {
        return ContentNames.capability(this);
    }

    /// One plain text that any agent app can show; never empty.
    default String fallback() {
        return Fallback.of(this);
    }

    /// Plain text.
    static Text text(String text) {
        return new Text(text, List.of());
    }

    /// A question with answers to choose from.
    static Choices choices(String text, Choice... choices) {
        return new Choices(text, List.of(choices));
    }

    /// A single measurement.
    static Reading reading(String code, BigDecimal value, String unit, Instant at) {
        return new Reading(code, value, unit, at, at, null, null);
    }

    /// A place without a name.
    static Location location(double latitude, double longitude) {
        return new Location(latitude, longitude, null, null, null, null);
    }

    /// A status without a reason.
    static Receipt receipt(Receipt.Status status) {
        return new Receipt(status, null);
    }

    /// The status "failed" and why.
    static Receipt failed(Reason reason) {
        return new Receipt(Receipt.Status.FAILED, reason);
    }

    /// Something for colleagues.
    static Note note(String text) {
        return new Note(text);
    }

    /// A channel's own content.
    ///
    /// @param name with a dot in it, such as `pager.priority`
    /// @throws IllegalArgumentException the name has no dot
    static Custom custom(String name, Json data, String fallback) {
        Check.that(
                Check.given(name, "the name of a custom content").indexOf('.') > 0,
                "the name of a custom content needs a dot, as in pager.priority");
        return new Custom(name, data, fallback);
    }
}
