"""Systems of one's own."""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterator, List, Mapping, Optional, Sequence, Union

from .errors import BadInput

if TYPE_CHECKING:
    from .enclosure import Enclosure
    from .judgement import Judgement

#: What is taken for model files.
Models = Union[None, str, "os.PathLike[str]", "Model", Sequence[Any]]


@dataclass(frozen=True)
class Model:
    """A model file: a system with its start and its quantities.

    Parameters
    ----------
    text : str
        The file.
    path : str or None
        Where it was read; None of one that was made here. A model that was read is asked where it stands, since
        paths in it begin at its folder.
    """

    text: str
    path: Optional[str] = None

    @classmethod
    def load(cls, path: Union[str, os.PathLike[str]]) -> Model:
        """The model of a file.

        Parameters
        ----------
        path : path
            The file.
        """
        if not isinstance(path, (str, os.PathLike)):
            raise BadInput(f"a model of type {type(path).__name__}; accepted: a path or a Model")
        place = os.path.abspath(os.fspath(path))
        return cls(_read(place), place)

    @classmethod
    def from_qutip(
        cls,
        H: Any,
        rho0: Any,
        c_ops: Sequence[Any] = (),
        e_ops: Optional[Mapping[str, Any]] = None,
        name: str = "system",
    ) -> Model:
        """The model of operators of QuTiP, every double being the dyadic rational that it is.

        Parameters
        ----------
        H : Qobj
            A Hamiltonian without the time. Its Hermitian part is meant, where its doubles miss it by roundings.
        rho0 : Qobj
            A ket, or a density matrix; it is divided by its norm or trace, where its doubles miss 1. Of a density
            matrix whose doubles may have a negative eigenvalue by roundings, one near to it without is taken. What
            such corrections amount to stands in the first lines of the text.
        c_ops : sequence of Qobj
            Collapse operators.
        e_ops : Mapping of str to Qobj
            Hermitian operators; the names are those of quantities. None of them: ``energy``, the mean of H.
        name : str
            The name of the model.

        Returns
        -------
        Model
            Its one factor ``m`` has the dims of H, in the order of QuTiP.

        Raises
        ------
        BadInput
            Of operators that depend on the time, of other dims, not Hermitian, not finite, and of a start that is no
            state.
        """
        from .qutip_text import model_text

        return cls(model_text(H, rho0, c_ops, e_ops or {}, name))

    @property
    def name(self) -> str:
        """The name, with which its quantities begin."""
        found = re.search(r"^model:\s*['\"]?([A-Za-z0-9-]+)", self.text, re.MULTILINE)
        if found is None:
            raise BadInput(f"{self.path or 'the model'} has no line 'model: NAME'; accepted: a model file")
        return found.group(1)

    def expect(
        self,
        quantity: str,
        *,
        digits: Optional[int] = None,
        absolute: Optional[int] = None,
        max_seconds: Optional[float] = None,
        max_bits: Optional[int] = None,
        **parameters: Any,
    ) -> Enclosure:
        """A quantity of the model by its short name.

        Parameters
        ----------
        quantity : str
            The name without that of the model.
        digits, absolute, max_seconds, max_bits
            As of `evaluate`.
        **parameters
            Parameters by their names as they are, ``t`` among them.

        Returns
        -------
        Enclosure
        """
        from .evaluation import evaluate

        return evaluate(
            f"{self.name}.{quantity}",
            model=self,
            digits=digits,
            absolute=absolute,
            max_seconds=max_seconds,
            max_bits=max_bits,
            parameters=parameters,
        )

    def judge(self, result: Any, **options: Any) -> Judgement:
        """How far a computed trajectory is from the truth.

        Parameters
        ----------
        result, **options
            As of `qbo.judge`.

        Returns
        -------
        Judgement
        """
        from .judgement import judge

        return judge(result, self, **options)

    def save(self, path: Union[str, os.PathLike[str]]) -> Model:
        """Writes the file, whole or not at all, and gives the model that stands there.

        Parameters
        ----------
        path : path
            The file, which is replaced where there is one. Paths in the text begin at its folder from then on.

        Returns
        -------
        Model
        """
        place = Path(path)
        kept = tempfile.NamedTemporaryFile("w", dir=place.parent, delete=False, encoding="utf-8")
        try:
            with kept:
                kept.write(self.text)
            os.chmod(kept.name, 0o644)
            os.replace(kept.name, place)
        except BaseException:
            os.unlink(kept.name)
            raise
        return Model.load(place)

    @contextmanager
    def file(self) -> Iterator[str]:
        """A path at which the program reads the model."""
        if self.path is not None:
            if _read(self.path) != self.text:
                raise BadInput(f"{self.path} has changed since it was loaded; accepted: load it again")
            yield self.path
            return
        with tempfile.TemporaryDirectory() as folder:
            place = os.path.join(folder, f"{self.name}.yaml")
            with open(place, "w", encoding="utf-8") as file:
                file.write(self.text)
            yield place


def listed(models: Models) -> List[Model]:
    """The models that were named in one of the ways that are accepted."""
    if models is None:
        return []
    if isinstance(models, Model):
        return [models]
    if isinstance(models, (list, tuple)):
        return [each if isinstance(each, Model) else Model.load(each) for each in models]
    return [Model.load(models)]  # type: ignore[arg-type]


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}; accepted: a model file") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path} is no text in UTF-8; accepted: a model file") from None
