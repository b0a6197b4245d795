package dev.mayfly.disks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.beans.factory.annotation.Qualifier;

/** The store of disks, where a store is asked for. */
@Qualifier(DiskStore.NAME)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.FIELD})
public @interface DiskStore {

    /** Its name as a bean. */
    String NAME = "diskStore";
}
