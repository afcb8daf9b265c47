package io.tributary.host.guard;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks what code of plugins calls instead of something of the JDK: the method of the same name
/// and parameters, or the static field of the same name where there are no parameters to tell.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface InsteadOf {

    /// Whose method or field.
    Class<?> value();

    /// How the method is called there.
    How how() default How.STATIC;

    /// How something is reached in Java.
    enum How {
        /// A static method of exactly that class.
        STATIC,
        /// A static method that subclasses may be named for.
        STATIC_OR_INHERITED,
        /// A method of an object, which is the first parameter here.
        VIRTUAL,
        /// A static field.
        FIELD
    }
}
