"""Keeping the store while the service owns it: a backup, figures."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.dependencies import ServicesDep
from api.description import problems
from api.schemas import BackupIn, BackupOut, StoreOut

router = APIRouter(prefix="/store", tags=["store"])


@router.post("/backup", status_code=201, responses=problems(409, 422, 500))
def backup(services: ServicesDep, body: BackupIn) -> BackupOut:
    """A consistent copy of the store, in the folder that the service was given for backups; nobody is kept waiting."""
    return services.upkeep.backup(body.keep)


@router.get("/stats", responses=problems(422))
def stats(
    services: ServicesDep,
    triples: Annotated[bool, Query(description="also count triples by graph, which reads the whole store")] = False,
) -> StoreOut:
    """What the store holds, and the room that it takes."""
    return services.upkeep.figures(triples)
