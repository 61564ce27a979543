# Public names of jira 3.10.5, found by benchmarks/publishing.py
from jira.client import JIRA as JIRA
from jira.exceptions import JIRAError as JIRAError
from jira.resources import Comment as Comment
from jira.resources import Issue as Issue
from jira.resources import Priority as Priority
from jira.resources import Project as Project
from jira.resources import Role as Role
from jira.resources import User as User
from jira.resources import Watchers as Watchers
from jira.resources import Worklog as Worklog
