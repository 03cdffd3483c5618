import { spawnSync } from "node:child_process";
import { Stop } from "./stop.ts";

export interface Owner {
  uid?: number;
  gid?: number;
}

const NAME = "postgres";

/** Postgres refuses to run as root: under root it gets a user of its own, else it runs as whoever started this. */
export function postgresOwner(): Owner {
  if (process.getuid?.() !== 0) return {};
  const found = lookUp();
  if (found !== undefined) return found;
  spawnSync("groupadd", ["--system", NAME]);
  spawnSync("useradd", ["--system", "--gid", NAME, "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]);
  const made = lookUp();
  if (made === undefined)
    throw new Stop("Postgres does not run as root, and no user for it could be made; start as another user, or set DATABASE_URL.");
  return made;
}

export function canEnter(owner: Owner, path: string): boolean {
  if (owner.uid === undefined) return true;
  return spawnSync("test", ["-x", path], { uid: owner.uid, gid: owner.gid, cwd: "/" }).status === 0;
}

function lookUp(): Required<Owner> | undefined {
  const [uid, gid] = ["-u", "-g"].map((flag) => spawnSync("id", [flag, NAME], { encoding: "utf8" }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}
