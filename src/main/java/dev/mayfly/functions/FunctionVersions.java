package dev.mayfly.functions;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All versions of all functions. */
interface FunctionVersions extends Repository<FunctionVersion, VersionId> {

    Optional<FunctionVersion> findById(VersionId id);

    List<FunctionVersion> findAllById(Iterable<VersionId> ids);

    @Query("select v from FunctionVersion v where v.id.functionId = :function and v.id.number < :before"
            + " order by v.id.number desc")
    List<FunctionVersion> newestFirst(long function, int before, Limit limit);

    @Query("select count(v) > 0 from FunctionVersion v where v.digest = :digest")
    boolean anyOf(String digest);

    FunctionVersion save(FunctionVersion version);
}
