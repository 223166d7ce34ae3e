"""What a request says of itself in lists must be what its last step says: the step is in the chain, the list is not."""

from sqlalchemy import select

from spokesdesk.store.tables_requests import request, request_step

_LAST_TARGET = (
    select(request_step.c.target)
    .where(request_step.c.request_id == request.c.id)
    .order_by(request_step.c.n.desc())
    .limit(1)
    .scalar_subquery()
)
STATE_UNSAID = select(request.c.id).where(request.c.state.is_distinct_from(_LAST_TARGET))
