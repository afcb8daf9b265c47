/// Telephone numbers in one form, in which two are equal where they reach the same phone. The only
/// room that knows libphonenumber.
@NullMarked
package io.tributary.host.phones;

import org.jspecify.annotations.NullMarked;
