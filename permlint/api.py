"""Everything that a rule may use: the only part of permlint that rules, ours or a third party's, import."""

from permlint.app import App, StaleSuppression
from permlint.catalog import CatalogView, Permission, Status
from permlint.diagnostics import Change, Confidence, Edit, Evidence, Finding, Fix, Remedy, Severity
from permlint.facts import EdgeUse, FormFault, GraphCall, Request, Scope, Unreadable, UnresolvedScope, VersionUse
from permlint.needs import CallNeeds, Needs
from permlint.places import Place
from permlint.remedies import instead, moved, shared
from permlint.rule import Example, Rule
from permlint.verdicts import Lack, Use, lacks, uses
from permlint.wording import asked_by, listed, login_name, shown

__all__ = [
    "App",
    "CallNeeds",
    "CatalogView",
    "Change",
    "Confidence",
    "EdgeUse",
    "Edit",
    "Evidence",
    "Example",
    "Finding",
    "Fix",
    "FormFault",
    "GraphCall",
    "Lack",
    "Needs",
    "Permission",
    "Place",
    "Remedy",
    "Request",
    "Rule",
    "Scope",
    "Severity",
    "StaleSuppression",
    "Status",
    "Unreadable",
    "UnresolvedScope",
    "Use",
    "VersionUse",
    "asked_by",
    "instead",
    "lacks",
    "listed",
    "login_name",
    "moved",
    "shared",
    "shown",
    "uses",
]
