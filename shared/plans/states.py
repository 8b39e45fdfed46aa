"""The states of a plan, in the order of its life. Pure."""

ASSIGNED, DRAFT = "assigned", "draft"
SUBMITTED, REVIEWED, PRESENTED, RETURNED = "submitted", "reviewed", "presented", "returned"
APPROVED, RUNNING, SUSPENDED, ENDED, REPORTED = "approved", "running", "suspended", "ended", "reported"
REJECTED, WITHDRAWN, DROPPED = "rejected", "withdrawn", "dropped"

STATES = {
    ASSIGNED: "已指定牵头、拟订中", DRAFT: "拟订中", SUBMITTED: "已报送待审查", REVIEWED: "已审查待呈报",
    PRESENTED: "已呈报待批准", RETURNED: "已退回修改", APPROVED: "已批准待启动", RUNNING: "执法中",
    SUSPENDED: "已中止", ENDED: "已结束待报告", REPORTED: "已报告", REJECTED: "不予批准", WITHDRAWN: "已撤回",
    DROPPED: "拟订中撤回",
}
FINAL = frozenset({REPORTED, REJECTED, WITHDRAWN, DROPPED})
PRIVATE = frozenset({DRAFT, DROPPED})                                # never submitted: nobody but its parties knows
DRAFTING = frozenset({ASSIGNED, DRAFT, RETURNED})                    # the lead writes
ASKING = frozenset({SUBMITTED, REVIEWED, PRESENTED})                 # before justice or the government
IN_FORCE = frozenset({APPROVED, RUNNING, SUSPENDED})                 # an approved plan that has not ended
UNDER_WAY = frozenset({RUNNING, SUSPENDED})
BEFORE_REPORT = DRAFTING | ASKING | IN_FORCE | {ENDED}
