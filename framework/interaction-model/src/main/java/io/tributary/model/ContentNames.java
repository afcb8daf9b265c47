package io.tributary.model;

import java.util.Locale;

/// What the contents are called outside of Java.
final class ContentNames {

    private ContentNames() {}

    static String type(Content content) {
        return switch (content) {
            case Content.Text _ -> "text";
            case Content.Media _ -> "media";
            case Content.Location _ -> "location";
            case Content.ContactCard _ -> "contactCard";
            case Content.Choices _ -> "choices";
            case Content.ChoiceMade _ -> "choiceMade";
            case Content.Card _ -> "card";
            case Content.Carousel _ -> "carousel";
            case Content.Form _ -> "form";
            case Content.FormSubmitted _ -> "formSubmitted";
            case Content.Template _ -> "template";
            case Content.Order _ -> "order";
            case Content.Transcript _ -> "transcript";
            case Content.Reading _ -> "reading";
            case Content.Alert _ -> "alert";
            case Content.Tap _ -> "tap";
            case Content.Scan _ -> "scan";
            case Content.Visit _ -> "visit";
            case Content.Call _ -> "call";
            case Content.CallOrder _ -> "callOrder";
            case Content.Consent _ -> "consent";
            case Content.Reaction _ -> "reaction";
            case Content.Edited _ -> "edited";
            case Content.Deleted _ -> "deleted";
            case Content.Receipt _ -> "receipt";
            case Content.MediaStored _ -> "mediaStored";
            case Content.MediaFailed _ -> "mediaFailed";
            case Content.Note _ -> "note";
            case Content.Handover _ -> "handover";
            case Content.Changed _ -> "changed";
            case Content.Custom custom -> custom.ofChannel() ? "custom" : custom.name();
        };
    }

    static String capability(Content content) {
        if (content instanceof Content.Media media) {
            return "media." + media.kind().name().toLowerCase(Locale.ROOT);
        }
        if (content instanceof Content.Custom custom && custom.ofChannel()) {
            return "custom." + custom.name();
        }
        return type(content);
    }
}
