package io.tributary.json;

import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Span;

/// The enums of the model by their names in JSON.
final class Names {

    static final EnumNames<Direction> DIRECTION = new EnumNames<>(Direction.class);
    static final EnumNames<Actor.Kind> ACTOR = new EnumNames<>(Actor.Kind.class);
    static final EnumNames<Span.Kind> SPAN = new EnumNames<>(Span.Kind.class);
    static final EnumNames<Content.Media.Kind> MEDIA = new EnumNames<>(Content.Media.Kind.class);
    static final EnumNames<Content.Media.State> MEDIA_STATE =
            new EnumNames<>(Content.Media.State.class);
    static final EnumNames<Content.Form.Input> INPUT = new EnumNames<>(Content.Form.Input.class);
    static final EnumNames<Content.Alert.Severity> SEVERITY =
            new EnumNames<>(Content.Alert.Severity.class);
    static final EnumNames<Content.Visit.Event> VISIT = new EnumNames<>(Content.Visit.Event.class);
    static final EnumNames<Content.Call.Event> CALL = new EnumNames<>(Content.Call.Event.class);
    static final EnumNames<Content.CallOrder.Action> CALL_ORDER =
            new EnumNames<>(Content.CallOrder.Action.class);
    static final EnumNames<Content.Receipt.Status> STATUS =
            new EnumNames<>(Content.Receipt.Status.class);
    static final EnumNames<Content.Changed.What> CHANGED =
            new EnumNames<>(Content.Changed.What.class);

    private Names() {}
}
