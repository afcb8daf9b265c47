/// What the channel promises, and that it gets on with SMSCs that others wrote.
@NullMarked
package io.tributary.sms.smpp;

import org.jspecify.annotations.NullMarked;
