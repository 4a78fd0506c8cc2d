import { useRef, useState } from "react";
import type { DragEvent } from "react";
import { useTranslation } from "react-i18next";
import { droppedOf, pickedOf } from "./pickFiles.ts";
import type { PickedFile } from "./pickFiles.ts";

/** Takes files and folders, by hand or by a file dialog. */
export function DropZone({
  onFiles,
}: {
  readonly onFiles: (files: readonly PickedFile[]) => void;
}) {
  const { t } = useTranslation("handImport");
  const [depth, setDepth] = useState(0);
  const filesRef = useRef<HTMLInputElement>(null);
  const folderRef = useRef<HTMLInputElement>(null);
  const hold = (event: DragEvent) => {
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setDepth(0);
    void droppedOf(event.dataTransfer).then(onFiles);
  };
  const field = (ref: typeof filesRef, label: string, isFolder: boolean) => (
    <input
      ref={ref}
      className="unseen"
      type="file"
      multiple
      tabIndex={-1}
      aria-label={label}
      {...(isFolder ? { webkitdirectory: "" } : { accept: ".txt,text/plain" })}
      onChange={({ target }) => {
        onFiles(pickedOf(target.files ?? []));
        // The same file can be picked again.
        target.value = "";
      }}
    />
  );
  return (
    <section
      className="import-drop"
      aria-label={t("drop.label")}
      data-over={depth > 0}
      // Entering a child is told before leaving its parent.
      onDragEnter={(event) => {
        hold(event);
        setDepth((depth) => depth + 1);
      }}
      onDragOver={hold}
      onDragLeave={() => setDepth((depth) => Math.max(0, depth - 1))}
      onDrop={drop}
    >
      <svg viewBox="0 0 48 48" width="56" height="56" fill="none" aria-hidden="true">
        <path
          d="M10 28v8a4 4 0 0 0 4 4h20a4 4 0 0 0 4-4v-8M24 7v22M15 20l9 9 9-9"
          stroke="currentColor"
          strokeWidth="3"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <p>
        <strong>{t("drop.here")}</strong>
      </p>
      <p className="muted">{t("drop.what")}</p>
      <div className="import-pick">
        <button type="button" className="button is-main" onClick={() => filesRef.current?.click()}>
          {t("drop.files")}
        </button>
        <button type="button" className="button" onClick={() => folderRef.current?.click()}>
          {t("drop.folder")}
        </button>
      </div>
      {field(filesRef, t("drop.files"), false)}
      {field(folderRef, t("drop.folder"), true)}
    </section>
  );
}
