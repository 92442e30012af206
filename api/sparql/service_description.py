"""What the endpoint says of itself, in the words of the SPARQL 1.1 service description."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

from api.sparql.endpoint import DEFAULT_GRAPH, SERVED

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "N-Triples",
    "JSON-LD",
)  # fmt: skip
_SERIALISED = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}
DESCRIPTION_FORMATS = tuple(_SERIALISED)


def described(address: str, form: str) -> bytes:
    """The description of the endpoint at ``address``, in one of ``DESCRIPTION_FORMATS``."""
    told = serialize(_triples(address), format=_SERIALISED[form], prefixes={"sd": _SD, "formats": _FORMATS})
    return told or b""


def _triples(address: str) -> Iterator[Triple]:
    def sd(name: str) -> NamedNode:
        return NamedNode(_SD + name)

    service, dataset, graph = (BlankNode(name) for name in ("service", "dataset", "graph"))
    yield Triple(service, _TYPE, sd("Service"))
    yield Triple(service, sd("endpoint"), NamedNode(address))
    yield Triple(service, sd("supportedLanguage"), sd("SPARQL11Query"))
    for name in _RESULTS:
        yield Triple(service, sd("resultFormat"), NamedNode(_FORMATS + name))
    yield Triple(service, sd("defaultDataset"), dataset)
    yield Triple(dataset, _TYPE, sd("Dataset"))
    yield Triple(dataset, sd("defaultGraph"), graph)
    yield Triple(graph, _TYPE, sd("Graph"))
    graphs = BlankNode("graphs")
    yield Triple(service, sd("availableGraphs"), graphs)
    yield Triple(graphs, _TYPE, sd("GraphCollection"))
    for number, name in enumerate(SERVED):
        named = BlankNode(f"named{number}")
        yield Triple(named, _TYPE, sd("NamedGraph"))
        yield Triple(named, sd("name"), NamedNode(name))
        yield Triple(dataset, sd("namedGraph"), named)
        yield Triple(graphs, sd("namedGraph"), named)
    alone = BlankNode("default")
    yield Triple(graphs, sd("namedGraph"), alone)
    yield Triple(alone, _TYPE, sd("NamedGraph"))
    yield Triple(alone, sd("name"), NamedNode(DEFAULT_GRAPH))
    yield Triple(alone, sd("graph"), graph)
