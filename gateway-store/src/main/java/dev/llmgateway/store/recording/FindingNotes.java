package dev.llmgateway.store.recording;

import dev.llmgateway.api.ComplianceFinding;
import dev.llmgateway.api.records.CallTrace;
import dev.llmgateway.api.records.FindingCount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was found in the texts of one call: the first findings as they are, and all of them counted. Guarded by the call's notes. */
final class FindingNotes {

    private record Sort(String kind, ComplianceFinding.Action action) {}

    private final List<ComplianceFinding> kept = new ArrayList<>(0);
    private final Map<Sort, Integer> counts = new LinkedHashMap<>(0);
    private int leftOut;

    void add(ComplianceFinding finding) {
        counts.merge(new Sort(finding.kind(), finding.action()), 1, Integer::sum);
        if (kept.size() < CallTrace.MOST_FINDINGS) {
            kept.add(finding);
        } else {
            leftOut++;
        }
    }

    List<ComplianceFinding> kept() {
        return kept;
    }

    int leftOut() {
        return leftOut;
    }

    List<FindingCount> counts() {
        List<FindingCount> all = new ArrayList<>(counts.size());
        counts.forEach((sort, count) -> all.add(new FindingCount(sort.kind, sort.action, count)));
        return all;
    }
}
